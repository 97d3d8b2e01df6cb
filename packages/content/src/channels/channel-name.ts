/**
 * The channels whose limits are known. `web` is Quickcard's own chat; on `custom` channels nothing is known, so
 * contents are checked for `web`.
 */
export const channelNames = [
  "web",
  "whatsapp",
  "messenger",
  "instagram",
  "line",
  "telegram",
  "sms",
  "genesys-web-messenger",
  "rcs",
  "apple",
  "viber",
  "slack",
  "teams",
] as const;

/** A channel whose limits are known. */
export type ChannelName = (typeof channelNames)[number];
