import { createHmac, timingSafeEqual } from "node:crypto";
import type { ContactRecord } from "../store/records.ts";

/**
 * For how many days after it came a customer's medium is given out to who has the link: as long as WhatsApp keeps what
 * a webhook told of. Genesys Cloud fetches it soon, an agent may look again.
 */
export const mediaLinkDays = 7;

/** Who a link's medium belongs to. */
type Owner = Pick<ContactRecord, "id" | "chatToken">;

/**
 * The path of a customer's medium. Nobody can guess it, as the contact's secret signs it; it says nothing of the secret,
 * nor of the channel's token, and ends with the contact.
 */
export function mediaPath(contact: Owner, messageId: string): string {
  return `/media/${contact.id}/${messageId}/${sign(contact, messageId).toString("base64url")}`;
}

/** Whether a link's signature is of this contact and message. */
export function isMediaSignature(contact: Owner, messageId: string, signature: string): boolean {
  const given = Buffer.from(signature, "base64url");
  const expected = sign(contact, messageId);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether the time of a link to a message's medium is over. Milliseconds since 1970. */
export function isMediaLinkOver(createdAt: number, now: number): boolean {
  return now >= createdAt + mediaLinkDays * 24 * 60 * 60 * 1000;
}

function sign({ chatToken }: Owner, messageId: string): Buffer {
  return createHmac("sha256", chatToken).update(`media/${messageId}`).digest();
}
