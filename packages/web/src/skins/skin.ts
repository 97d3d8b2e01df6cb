import type { ChannelName } from "@quickcard/content/channels";

/** How a channel's own app draws the choices of a question. */
export type ChoiceShape =
  /** Round buttons below the message. */
  | "chips"
  /** Rows within the bubble. */
  | "rows"
  /** Broad keys below the bubble, or at the foot of the window. */
  | "keys"
  /** Small angular buttons, in a line. */
  | "boxes";

/** What of a channel's look is not colour or measure; these are in `skins.css`. */
export interface Skin {
  choices: ChoiceShape;
  /** Whether messages stand without bubbles, below the name of who wrote them. */
  isFlat?: true;
}

/** The look of each channel: its manner, without anybody's logo or name. */
export const skins: Readonly<Record<ChannelName, Skin>> = {
  web: { choices: "chips" },
  whatsapp: { choices: "rows" },
  messenger: { choices: "chips" },
  instagram: { choices: "chips" },
  line: { choices: "chips" },
  telegram: { choices: "keys" },
  sms: { choices: "chips" },
  "genesys-web-messenger": { choices: "chips" },
  rcs: { choices: "chips" },
  apple: { choices: "rows" },
  viber: { choices: "keys" },
  slack: { choices: "boxes", isFlat: true },
  teams: { choices: "boxes" },
};
