import { runTypeScript } from "./run-typescript.js";

await runTypeScript("packages/gateway/torture/main.ts");
