import { runTypeScript } from "./run-typescript.js";

await runTypeScript(() => import("../packages/gateway/bench/designer/main.ts"));
