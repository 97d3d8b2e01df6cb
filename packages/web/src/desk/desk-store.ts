import type { DeskState } from "./desk-state.ts";

/** The state of a desk, and the one place where it changes. */
export interface DeskStore {
  state(): DeskState;
  change(next: (state: DeskState) => DeskState): void;
  /** Does something that the emulator may refuse; a refusal is put into the state. Answers whether it went well. */
  attempt(work: () => Promise<void>): Promise<boolean>;
  loadFaults(): Promise<void>;
}
