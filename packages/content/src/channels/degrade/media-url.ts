import { limits } from "../../limits.ts";
import type { ChannelProfile, Length } from "../channel-profile.ts";
import { fits, rooms } from "../text/room.ts";

/** Whether a channel fetches by the protocol of an address. */
export function fetchesFrom({ httpsMedia }: ChannelProfile, url: string): boolean {
  return !httpsMedia || /^https:/i.test(url);
}

/** Whether a channel takes the address of a picture, recording, film or file. */
export function takesMediaUrl(
  profile: ChannelProfile,
  limit: Length<string> | undefined,
  url: string,
): boolean {
  return fetchesFrom(profile, url) && fits(url, rooms(profile, limit, limits.url));
}
