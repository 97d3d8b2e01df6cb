import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

await runScript(setUp);
