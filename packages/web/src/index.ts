export * from "./assets.ts";
export * from "./chat-wire.ts";
export * from "./preview-document.ts";
