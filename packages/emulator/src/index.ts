export { createEmulator, type Emulator, type EmulatorOptions } from "./emulator.ts";
export type { OAuthClient } from "./oauth-client.ts";
