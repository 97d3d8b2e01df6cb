import { runTypeScript } from "./run-typescript.js";

await runTypeScript("packages/gateway/bench/main.ts");
