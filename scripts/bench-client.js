import { runTypeScript } from "./run-typescript.js";

await runTypeScript(() => import("../packages/client/bench/main.ts"));
