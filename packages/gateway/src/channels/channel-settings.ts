/** One setting of a channel: a variable of the environment. */
export interface ChannelSetting {
  variable: string;
  /** A secret may also lie in a file, which the variable with `_FILE` behind its name names. */
  isSecret: boolean;
  /** Absent: it must be given. */
  default?: string;
  meaning: string;
}

const required = (variable: string, meaning: string): ChannelSetting => ({
  variable,
  isSecret: false,
  meaning,
});
const secret = (variable: string, meaning: string): ChannelSetting => ({ variable, isSecret: true, meaning });
const optional = (variable: string, fallback: string, meaning: string): ChannelSetting => ({
  variable,
  isSecret: false,
  default: fallback,
  meaning,
});

const graph = (prefix: string) => ({
  appSecret: secret(`${prefix}_APP_SECRET`, "The secret of the Meta app: it signs the webhooks."),
  verifyToken: secret(`${prefix}_VERIFY_TOKEN`, "What you tell Meta with the webhook's address: any text."),
  baseUrl: optional(`${prefix}_BASE_URL`, "https://graph.facebook.com", "Where the Graph API is."),
  apiVersion: optional(`${prefix}_API_VERSION`, "v23.0", "The version of the Graph API."),
});

/**
 * Every setting of every channel, by the option of its adapter. A channel is there when any of its variables is set; all
 * that have no default must then be. `docs/reference/channel-settings.md` shows them.
 */
export const channelSettings = {
  whatsapp: {
    phoneNumberId: required(
      "QUICKCARD_WHATSAPP_PHONE_NUMBER_ID",
      "The id of the number that sends, not the number.",
    ),
    accessToken: secret(
      "QUICKCARD_WHATSAPP_ACCESS_TOKEN",
      "Of a system user, with `whatsapp_business_messaging`.",
    ),
    ...graph("QUICKCARD_WHATSAPP"),
  },
  messenger: {
    pageId: required("QUICKCARD_MESSENGER_PAGE_ID", "The id of the page."),
    accessToken: secret("QUICKCARD_MESSENGER_ACCESS_TOKEN", "Of the page, with `pages_messaging`."),
    ...graph("QUICKCARD_MESSENGER"),
  },
  instagram: {
    pageId: required("QUICKCARD_INSTAGRAM_ACCOUNT_ID", "The id of the professional account."),
    accessToken: secret("QUICKCARD_INSTAGRAM_ACCESS_TOKEN", "With `instagram_manage_messages`."),
    ...graph("QUICKCARD_INSTAGRAM"),
  },
  line: {
    channelAccessToken: secret("QUICKCARD_LINE_ACCESS_TOKEN", "The channel's access token."),
    channelSecret: secret("QUICKCARD_LINE_CHANNEL_SECRET", "The channel's secret: it signs the webhooks."),
    baseUrl: optional("QUICKCARD_LINE_BASE_URL", "https://api.line.me", "Where the Messaging API is."),
    dataBaseUrl: optional(
      "QUICKCARD_LINE_DATA_BASE_URL",
      "https://api-data.line.me",
      "Where LINE gives out what customers sent.",
    ),
  },
  telegram: {
    token: secret("QUICKCARD_TELEGRAM_TOKEN", "The bot's token, as BotFather gives it."),
    webhookSecret: secret(
      "QUICKCARD_TELEGRAM_WEBHOOK_SECRET",
      "What `setWebhook` is given as `secret_token`.",
    ),
    baseUrl: optional("QUICKCARD_TELEGRAM_BASE_URL", "https://api.telegram.org", "Where the Bot API is."),
  },
  custom: {
    url: required("QUICKCARD_CUSTOM_URL", "Where your program takes messages."),
    secret: secret(
      "QUICKCARD_CUSTOM_SECRET",
      "Signs both ways: `whsec_` and the base64 of at least 24 random bytes.",
    ),
  },
} as const satisfies Record<string, Readonly<Record<string, ChannelSetting>>>;

/** The channels that have settings. */
export type SetUpChannel = keyof typeof channelSettings;
