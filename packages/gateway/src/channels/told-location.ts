import type { InboundLocation } from "@quickcard/client";
import { type JsonFields, present } from "../json/json-fields.ts";

/** A place that a customer sent; `undefined` where its degrees are missing, or are none. */
export function toldLocation(
  place: JsonFields,
  words: { name?: string | undefined; address?: string | undefined } = {},
): InboundLocation | undefined {
  const [latitude, longitude] = [place.number("latitude"), place.number("longitude")];
  if (latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { type: "location", latitude, longitude, ...present(words) };
}
