import { runTypeScript } from "./run-typescript.js";

await runTypeScript(() => import("../packages/gateway/torture/main.ts"));
