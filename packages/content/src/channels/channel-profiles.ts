import type { ChannelName } from "./channel-name.ts";
import type { ChannelProfile } from "./channel-profile.ts";
import { apple } from "./profiles/apple.ts";
import { genesysWebMessenger } from "./profiles/genesys-web-messenger.ts";
import { instagram } from "./profiles/instagram.ts";
import { line } from "./profiles/line.ts";
import { messenger } from "./profiles/messenger.ts";
import { rcs } from "./profiles/rcs.ts";
import { slack } from "./profiles/slack.ts";
import { sms } from "./profiles/sms.ts";
import { teams } from "./profiles/teams.ts";
import { telegram } from "./profiles/telegram.ts";
import { viber } from "./profiles/viber.ts";
import { web } from "./profiles/web.ts";
import { whatsapp } from "./profiles/whatsapp.ts";

/** What each channel can show. */
export const channelProfiles: Readonly<Record<ChannelName, ChannelProfile>> = {
  web,
  whatsapp,
  messenger,
  instagram,
  line,
  telegram,
  sms,
  "genesys-web-messenger": genesysWebMessenger,
  rcs,
  apple,
  viber,
  slack,
  teams,
};
