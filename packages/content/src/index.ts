export * from "./channel.ts";
export * from "./content.ts";
