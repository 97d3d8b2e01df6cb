import { randomUUID } from "node:crypto";
import type { InboundContent } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import { present } from "../json/json-fields.ts";
import { createSecret } from "../oauth/secret.ts";
import type { ContactRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import type { ChannelNews, ToldContent } from "./channel-webhook.ts";
import { readTap, readText } from "./read-answer.ts";

/** The part of the store that news goes into. */
export type NewsStore = Pick<
  Store,
  | "findContactByAddress"
  | "insertContact"
  | "updateContact"
  | "acceptInbound"
  | "findMessage"
  | "listMessages"
  | "findRenderings"
  | "listParts"
  | "findPart"
  | "reportPart"
>;

/** How many of a contact's newest messages a watermark is looked up in. */
const watermarkDepth = 100;

/**
 * Stores what a channel told, in its order. Each of it may have been told before: what was stored then is not stored
 * again. When the promise resolves all of it is on disk, and the channel may be answered.
 */
export async function takeNews(
  store: NewsStore,
  channel: Channel,
  news: readonly ChannelNews[],
  now: () => number,
): Promise<void> {
  for (const one of news) {
    await takeOne(store, channel, one, now());
  }
}

async function takeOne(store: NewsStore, channel: Channel, news: ChannelNews, now: number): Promise<void> {
  switch (news.kind) {
    case "inbound":
      await takeInbound(store, channel, news, now);
      break;
    case "part":
      await takePart(store, channel, news);
      break;
    case "watermark":
      await takeWatermark(store, channel, news);
      break;
    case "seen":
      await takeSeen(store, channel, news);
  }
}

type Inbound = Extract<ChannelNews, { kind: "inbound" }>;

async function takeInbound(store: NewsStore, channel: Channel, news: Inbound, now: number): Promise<void> {
  const contact = await openContact(store, channel, news, now);
  const content = await readContent(store, contact, news.content);
  const message = {
    id: randomUUID(),
    contactId: contact.id,
    direction: "inbound",
    status: "received",
    content,
    clientMessageId: news.id,
    // The channel's clock tells when its window opened; one that is ahead of ours opens none in the future.
    createdAt: Math.min(news.at, now),
  } as const;
  const accepted = await store.acceptInbound(message);
  if (accepted.kind !== "closed") return;
  // Who writes to a conversation that has ended opens it again.
  await store.updateContact(contact.id, { state: "active" }, now);
  await store.acceptInbound(message);
}

/** The customer's contact; one is made of who writes for the first time. */
async function openContact(
  store: NewsStore,
  channel: Channel,
  { address, displayName }: Inbound,
  now: number,
): Promise<ContactRecord> {
  const known = await store.findContactByAddress(channel, address);
  if (known) return known;
  const made = await store.insertContact({
    id: randomUUID(),
    conversationId: randomUUID(),
    state: "active",
    channel,
    address,
    ...present({ displayName }),
    chatToken: createSecret(),
    createdAt: now,
    updatedAt: now,
  });
  if (made.kind === "mismatch") throw new Error("a contact without a key has no mismatch");
  return made.record;
}

async function readContent(
  store: NewsStore,
  contact: ContactRecord,
  told: ToldContent,
): Promise<InboundContent> {
  if (told.type === "text") return readText(store, contact, told.text);
  if (told.type !== "answer") return told;
  const tap = await readTap(store, contact, told);
  return tap ?? { type: "text", text: told.label ?? told.id };
}

async function takePart(
  store: NewsStore,
  channel: Channel,
  news: Extract<ChannelNews, { kind: "part" }>,
): Promise<void> {
  const { channelMessageId, status, reason, at } = news;
  const known = channelMessageId === undefined ? undefined : await store.findPart(channel, channelMessageId);
  const place = news.mark ?? known;
  if (!place) return;
  await store.reportPart(place.messageId, {
    number: place.number,
    attempt: place.attempt,
    ...present({ channelMessageId, reason }),
    status,
    sentAt: at,
    noted: false,
  });
}

async function takeWatermark(
  store: NewsStore,
  channel: Channel,
  { address, status, before }: Extract<ChannelNews, { kind: "watermark" }>,
): Promise<void> {
  const contact = await store.findContactByAddress(channel, address);
  if (!contact) return;
  const rows = await store.listMessages(contact.id, { order: "newest-first", limit: watermarkDepth });
  for (const row of rows.reverse()) {
    if (row.direction !== "outbound" || row.status === "read" || row.status === status) continue;
    for (const part of await store.listParts(row.id)) {
      if (part.sentAt <= before) await store.reportPart(row.id, { ...part, status, noted: false });
    }
  }
}

async function takeSeen(
  store: NewsStore,
  channel: Channel,
  { address, channelMessageId }: Extract<ChannelNews, { kind: "seen" }>,
): Promise<void> {
  const place = await store.findPart(channel, channelMessageId);
  if (!place) return;
  const parts = await store.listParts(place.messageId);
  const seen = parts.find(({ number }) => number === place.number);
  if (seen)
    await takeWatermark(store, channel, { kind: "watermark", address, status: "read", before: seen.sentAt });
}
