import { runTypeScript } from "./run-typescript.js";

await runTypeScript(() => import("../packages/content/bench/main.ts"));
