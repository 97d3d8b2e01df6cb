import type { SendOutcome } from "../delivery/send-outcome.ts";
import type { ContactRecord } from "../store/records.ts";

/** Meta's channels take free messages within so long of the customer's last word. */
const windowMs = 24 * 60 * 60 * 1000;

/** Whether a free message may be sent to a contact at an instant. */
export function isWindowOpen({ lastInboundAt }: Pick<ContactRecord, "lastInboundAt">, at: number): boolean {
  return lastInboundAt !== undefined && at - lastInboundAt < windowMs;
}

/** What becomes of a message whose window has closed while it waited. */
export function windowClosed(channel: string): SendOutcome {
  const reason = `The customer has not written on ${channel} for 24 hours (channel.window.closed).`;
  return { kind: "not-applied", reason, permanent: true };
}
