import type { InboundMedia } from "@quickcard/client";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { GiveMedia } from "../media/give-media.ts";
import { isMedia } from "../media/is-media.ts";
import { isMediaLinkOver, isMediaSignature, mediaLinkDays } from "../media/media-link.ts";
import type { ContactRecord, StoredMessage } from "../store/records.ts";
import { requireContact } from "./require-contact.ts";
import { requireMessage } from "./require-message.ts";
import { apiBase } from "./resources.ts";

/** Customers' media, for Genesys Cloud and its agents: open to who has the link, which the contact's secret signs. */
export function mediaLinkRoute(server: ServerContext, giveMedia: GiveMedia): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: "/media/{contactId}/{messageId}/{signature}",
    operationId: "readMediaByLink",
    summary: "What a customer sent, by its signed link",
    produces: "*/*",
    answers: { 200: { description: "The bytes." } },
    async handle({ params, raw }) {
      const { contact, content } = await requireLinked(server, params);
      return giveMedia(contact, content, raw.signal);
    },
  });
}

/** @throws ApiError `not.found` where the link is none of ours, `media.gone` where its time is over. */
async function requireLinked(
  { store, now }: ServerContext,
  { contactId = "", messageId = "", signature = "" }: Record<string, string>,
): Promise<{ contact: ContactRecord; content: InboundMedia }> {
  const contact = await store.findContact(contactId);
  const isSigned = contact && isMediaSignature(contact, messageId, signature);
  const message = isSigned ? await store.findMessage(contactId, messageId) : undefined;
  const content = message && mediaOf(message);
  if (!contact || !content) {
    throw new ApiError("not.found", "There is nothing at this link, or not any more.");
  }
  if (!isMediaLinkOver(message.createdAt, now())) return { contact, content };
  throw new ApiError("media.gone", `This link was good for ${mediaLinkDays} days, and they are over.`);
}

/** Customers' media, for programs that may read conversations. */
export function messageMediaRoute({ store }: ServerContext, giveMedia: GiveMedia): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: `${apiBase}/contacts/{contactId}/messages/{messageId}/media`,
    operationId: "readMedia",
    tag: "Messages",
    summary: "Read the picture, sound, film or file that a customer sent",
    description:
      "For content with a `channelMediaId`: the channel gives it out to this gateway. Content with a `url` is there.",
    scope: "conversations:read",
    produces: "*/*",
    answers: { 200: { description: "The bytes, at most 25 MB.", mediaType: "*/*" } },
    errors: ["media.gone", "media.unavailable", "not.found"],
    async handle({ params, raw }) {
      const contact = await requireContact(store, params.contactId);
      const content = mediaOf(await requireMessage(store, params));
      if (content?.channelMediaId !== undefined) return giveMedia(contact, content, raw.signal);
      throw new ApiError(
        "not.found",
        "This message has no channelMediaId to fetch. Where its content has a url, fetch that.",
      );
    },
  });
}

function mediaOf(message: StoredMessage): InboundMedia | undefined {
  return message.direction === "inbound" && isMedia(message.content) ? message.content : undefined;
}
