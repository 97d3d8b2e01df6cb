/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object as JSON has it. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** What says that a content was not degraded for the channel. */
export function notShown(channel: string, type: string): TypeError {
  return new TypeError(`${channel} does not show what is of type "${type}" as it is: degrade it first`);
}
