import { runTypeScript } from "./run-typescript.js";

await runTypeScript(() => import("../packages/emulator/bench/main.ts"));
