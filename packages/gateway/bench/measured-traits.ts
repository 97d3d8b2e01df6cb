import type { ChannelTraits } from "#gateway/channels/channel.ts";

/** A channel on which a doubtful send is looked for, as on most. */
export const measuredTraits: ChannelTraits = {
  repeat: "unsafe",
  evidence: true,
  requestTimeoutMs: 10_000,
  settleMs: 20_000,
};
