import type { DeliveryOptions } from "@quickcard/client";
import { type ApiError, fieldError } from "../http/api-error.ts";
import type { OutboundRecord } from "../store/records.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** How long a message may wait to be delivered where its sender says nothing. */
export const defaultLifetimeMs = dayMs;

/** How far ahead a message may be scheduled. */
const maxAheadMs = 31 * dayMs;

/**
 * What a message that is accepted now is delivered by.
 *
 * @throws ApiError `invalid.value` for a time of sending that is too far ahead.
 */
export function planDelivery(
  { mode = "reconcile", ...times }: DeliveryOptions = {},
  now: number,
): Pick<OutboundRecord, "mode" | "sendAt" | "expiresAt"> {
  const sendAt = times.sendAt === undefined ? undefined : Date.parse(times.sendAt);
  if (sendAt !== undefined && sendAt > now + maxAheadMs) {
    throw wrongTime("sendAt", "lies more than 31 days ahead. Send the message later.");
  }
  const expiresAt =
    times.expiresAt === undefined
      ? Math.max(now, sendAt ?? now) + defaultLifetimeMs
      : Date.parse(times.expiresAt);
  return { mode, ...(sendAt === undefined ? {} : { sendAt }), expiresAt };
}

/** The refusal of a message whose time is over before it was accepted. */
export function alreadyExpired(): ApiError {
  return wrongTime("expiresAt", "is past. Give an instant that lies ahead.");
}

function wrongTime(field: keyof DeliveryOptions, what: string): ApiError {
  return fieldError("invalid.value", `/delivery/${field}`, `"${field}" ${what}`);
}
