import { readFileSync, statSync } from "node:fs";
import { OptionError } from "../gateway-error.ts";
import { isLoopbackHost } from "../guarded-http/loopback-host.ts";
import type { ChannelAdapter } from "./channel.ts";
import { type ChannelSetting, channelSettings, type SetUpChannel } from "./channel-settings.ts";
import { customChannel } from "./custom/custom-channel.ts";
import { lineChannel } from "./line/line-channel.ts";
import { instagramChannel, messengerChannel } from "./messenger/messenger-channel.ts";
import { telegramChannel } from "./telegram/telegram-channel.ts";
import { webChannel } from "./web/web-channel.ts";
import { whatsAppChannel } from "./whatsapp/whatsapp-channel.ts";

type Values<Channel extends SetUpChannel> = Record<keyof (typeof channelSettings)[Channel], string>;

const makers: { [Channel in SetUpChannel]: (values: Values<Channel>) => ChannelAdapter } = {
  whatsapp: whatsAppChannel,
  messenger: messengerChannel,
  instagram: instagramChannel,
  line: lineChannel,
  telegram: telegramChannel,
  custom: customChannel,
};

const maxSecretFileBytes = 16_384;

/**
 * The channels that the environment sets up, beside the web. `channelSettings` has the variables.
 *
 * @throws OptionError for a channel whose settings are not whole, or that has one which cannot be used.
 */
export function readChannels(env: Readonly<Record<string, string | undefined>>): ChannelAdapter[] {
  const names = Object.keys(channelSettings) as SetUpChannel[];
  return [webChannel, ...names.flatMap((name) => readChannel(name, env))];
}

function readChannel(
  name: SetUpChannel,
  env: Readonly<Record<string, string | undefined>>,
): ChannelAdapter[] {
  const settings: Readonly<Record<string, ChannelSetting>> = channelSettings[name];
  refuseUnknown(name, Object.values(settings), env);
  const values: Record<string, string> = {};
  const missing: string[] = [];
  let isSetUp = false;
  for (const [option, setting] of Object.entries(settings)) {
    const given = readSetting(setting, env);
    isSetUp ||= given !== undefined;
    const value = given ?? setting.default;
    if (value === undefined) missing.push(setting.variable);
    else values[option] = checkedValue(option, setting.variable, value);
  }
  if (!isSetUp) return [];
  if (missing.length > 0) {
    throw new OptionError(
      `The channel "${name}" is set up in part: ${missing.join(", ")} missing.`,
      "Set what is missing, or none of the channel's variables.",
    );
  }
  return [(makers[name] as (values: Record<string, string>) => ChannelAdapter)(values)];
}

/** What a cluster sets by itself for a service of this name, such as `QUICKCARD_CUSTOM_PORT_80_TCP`. */
const ofCluster = /^(SERVICE_HOST|SERVICE_PORT|PORT)(_|$)/;

/** A misspelt variable would be passed over without a word. */
function refuseUnknown(
  name: SetUpChannel,
  settings: readonly ChannelSetting[],
  env: Readonly<Record<string, string | undefined>>,
): void {
  const prefix = `QUICKCARD_${name.toUpperCase()}_`;
  const known = settings.flatMap(({ variable, isSecret }) => [
    variable,
    ...(isSecret ? [`${variable}_FILE`] : []),
  ]);
  const unknown = Object.keys(env).find(
    (variable) =>
      variable.startsWith(prefix) &&
      !known.includes(variable) &&
      !ofCluster.test(variable.slice(prefix.length)),
  );
  if (unknown === undefined) return;
  throw new OptionError(
    `${unknown} is no setting of the channel "${name}".`,
    `Check its spelling, or unset it. The settings are ${known.join(", ")}.`,
  );
}

function readSetting(
  { variable, isSecret }: ChannelSetting,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const value = env[variable]?.trim();
  const file = isSecret ? env[`${variable}_FILE`]?.trim() : undefined;
  if (value && file) {
    throw new OptionError(`${variable} and ${variable}_FILE are both set.`, "Set one of the two.");
  }
  if (file) return readSecretFile(`${variable}_FILE`, file);
  return value || undefined;
}

function readSecretFile(variable: string, path: string): string {
  let value: string;
  try {
    const { mode, size } = statSync(path);
    if ((mode & 0o007) !== 0)
      throw new Error("everybody on this machine may use it; take their rights away (chmod o=)");
    if (size > maxSecretFileBytes) throw new Error("it is too long for a secret");
    value = readFileSync(path, "utf8").trim();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OptionError(
      `The file that ${variable} names cannot be used: ${reason}.`,
      "Name a file with the secret alone in it.",
      {
        cause,
      },
    );
  }
  if (value !== "") return value;
  throw new OptionError(`The file that ${variable} names is empty.`, "Write the secret into it.");
}

/** A value as its option takes it. @throws OptionError */
function checkedValue(option: string, variable: string, value: string): string {
  if (/url$/i.test(option)) return readUrl(variable, value);
  // A header's or a path's value: whatever else stands in it was not meant.
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new OptionError(
      `${variable} holds a space or a character that no such value has.`,
      "Copy it once more.",
    );
  }
  if (option === "secret" && !isSigningSecret(value)) {
    throw new OptionError(
      `${variable} is not whsec_ and the base64 of at least 24 bytes.`,
      'Make one: echo "whsec_$(openssl rand -base64 32)"',
    );
  }
  return value;
}

/** Tokens and messages go there: to another machine over TLS only. */
function readUrl(variable: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
  if (isSafe && url?.username === "" && url.hash === "") return text.replace(/\/$/, "");
  throw new OptionError(
    `${variable} is not an https: URL.`,
    "Give an https: URL without a user; http: is for this machine alone (127.0.0.1).",
  );
}

function isSigningSecret(secret: string): boolean {
  const [, encoded = ""] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  return Buffer.from(encoded, "base64").length >= 24;
}
