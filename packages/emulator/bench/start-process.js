import { createEmulator } from "@quickcard/emulator";

const emulator = await createEmulator();
await emulator.listen({ port: 0 });
console.log("ready");
process.exit();
