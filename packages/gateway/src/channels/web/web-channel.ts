import type { ChannelAdapter } from "../channel.ts";

/**
 * The customer's page. It follows the event log, where the status `sent` is what makes a message appear, so there is
 * nobody to hand the message to: it is on its way as soon as that status is written. To do so twice changes nothing.
 */
export const webChannel: ChannelAdapter = {
  name: "web",
  traits: { repeat: "safe", evidence: false, requestTimeoutMs: 10_000, settleMs: 0 },
  send: async () => ({ kind: "applied" }),
};
