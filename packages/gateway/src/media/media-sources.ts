import type { Channel } from "@quickcard/content";
import type { ChannelAdapter } from "../channels/channel.ts";
import type { OpenMedia } from "../channels/channel-media.ts";
import type { Store } from "../store/store.ts";
import { openStoredMedia } from "./stored-media.ts";

/** Who gives out what the customers of a channel send; `undefined` where the channel tells addresses, or has no media. */
export type MediaSources = (channel: Channel) => OpenMedia | undefined;

/** What is sent from the customer's page is in the store; all else is with its channel. */
export function mediaSources(
  channels: ReadonlyMap<Channel, Pick<ChannelAdapter, "openMedia">>,
  store: Pick<Store, "readMedia">,
): MediaSources {
  const stored = openStoredMedia(store);
  return (channel) => (channel === "web" ? stored : channels.get(channel)?.openMedia);
}
