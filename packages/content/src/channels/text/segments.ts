import type { ChannelProfile } from "../channel-profile.ts";
import { gsm7Length } from "./gsm7.ts";
import { figure } from "./room.ts";

/** How many segments a text is charged as; 1 where the channel does not count segments. */
export function segmentsOf(profile: ChannelProfile, text: string): number {
  if (!profile.segments) return 1;
  const septets = gsm7Length(text);
  const { single, multi } = profile.segments[septets === undefined ? "ucs2" : "gsm7"];
  const length = septets ?? text.length;
  if (length <= (figure(profile, single) ?? length)) return 1;
  return Math.ceil(length / (figure(profile, multi) ?? length));
}
