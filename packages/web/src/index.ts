export * from "./assets.ts";
export * from "./chat-wire.ts";
