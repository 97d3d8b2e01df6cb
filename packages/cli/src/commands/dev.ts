import type { QuickcardCommand } from "../quickcard-command.ts";
export function addDev(_parent: QuickcardCommand): void {}
