import type { ChannelName } from "@quickcard/content/channels";
import { Option } from "commander";

const names: Record<ChannelName, true> = {
  web: true,
  whatsapp: true,
  messenger: true,
  instagram: true,
  line: true,
  telegram: true,
  sms: true,
  "genesys-web-messenger": true,
  rcs: true,
  apple: true,
  viber: true,
  slack: true,
  teams: true,
};

/** The channels whose limits are known, at hand without loading these. */
export const knownChannels = Object.keys(names) as ChannelName[];

/** `--channel`, which may be given several times, each with one channel: what follows it may be a file. */
export function channelOption(meaning: string, more: readonly string[], unlessTold: string[]): Option {
  const option = new Option("--channel <channel>", meaning).choices([...more, ...knownChannels]);
  const check = option.parseArg;
  return option.default(unlessTold).argParser((argument, before: string[]) => {
    check?.(argument, undefined);
    return before === unlessTold ? [argument] : [...before, argument];
  });
}
