import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChannelSetting, channelSettings, OptionError, readChannels } from "@quickcard/gateway";
import { afterAll, describe, expect, test } from "vitest";
import type { FailureClass } from "../src/channels/failure-class.ts";
import { messengerFailures } from "../src/channels/messenger/messenger-failures.ts";
import { telegramFailures } from "../src/channels/telegram/telegram-failures.ts";
import { whatsAppFailures } from "../src/channels/whatsapp/whatsapp-failures.ts";

const reference = readFileSync(
  new URL("../../../docs/reference/channel-settings.md", import.meta.url),
  "utf8",
);
const directory = mkdtempSync(join(tmpdir(), "quickcard-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

const line = { QUICKCARD_LINE_ACCESS_TOKEN: "token", QUICKCARD_LINE_CHANNEL_SECRET: "secret" };

function fault(env: Record<string, string>): string {
  try {
    readChannels(env);
  } catch (error) {
    if (error instanceof OptionError) return `${error.message} ${error.fix}`;
    throw error;
  }
  throw new Error("no fault was found");
}

function secretFile(content: string, mode = 0o600): string {
  const path = join(directory, `secret-${Math.random()}`);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

test("without variables there is the web alone; with all of a channel's there is the channel", () => {
  expect(readChannels({ PATH: "/bin" }).map(({ name }) => name)).toEqual(["web"]);
  expect(readChannels(line).map(({ name }) => name)).toEqual(["web", "line"]);
});

test.each(Object.entries(channelSettings))("%s can be set up, and says what is missing", (name, settings) => {
  const all: ChannelSetting[] = Object.values(settings);
  const needed = all.filter((setting) => setting.default === undefined);
  const value = ({ variable }: ChannelSetting) => {
    if (variable === "QUICKCARD_CUSTOM_SECRET") return `whsec_${Buffer.alloc(24).toString("base64")}`;
    return variable.endsWith("_URL") ? "https://example.com/in" : "value";
  };
  const env = Object.fromEntries(needed.map((setting) => [setting.variable, value(setting)]));
  expect(readChannels(env).map((channel) => channel.name)).toEqual(["web", name]);
  for (const { variable } of needed) {
    const { [variable]: _, ...rest } = env;
    if (needed.length > 1) expect(fault(rest)).toContain(variable);
  }
});

test("a variable that is no setting of its channel is refused, what a cluster sets is not", () => {
  expect(fault({ ...line, QUICKCARD_LINE_TOKEN: "canary" })).toMatch(
    /^QUICKCARD_LINE_TOKEN is no setting of the channel "line"\..* QUICKCARD_LINE_ACCESS_TOKEN, /,
  );
  expect(fault({ QUICKCARD_LINE_BASE_URL_FILE: "/run/url" })).toContain("QUICKCARD_LINE_BASE_URL_FILE");
  const cluster = {
    QUICKCARD_CUSTOM_SERVICE_HOST: "10.0.0.7",
    QUICKCARD_CUSTOM_PORT_80_TCP: "tcp://10.0.0.7:80",
  };
  expect(readChannels({ ...cluster, QUICKCARD_SOMETHING: "else" })).toHaveLength(1);
});

test("a secret may lie in a file that others may not read", () => {
  const { QUICKCARD_LINE_CHANNEL_SECRET: _, ...rest } = line;
  const named = (path: string) => ({ ...rest, QUICKCARD_LINE_CHANNEL_SECRET_FILE: path });
  expect(readChannels(named(secretFile("from-file\n")))).toHaveLength(2);
  expect(fault(named(secretFile("from-file", 0o644)))).toContain("chmod");
  expect(fault(named(secretFile("\n")))).toContain("empty");
  expect(fault(named(join(directory, "none")))).toContain("QUICKCARD_LINE_CHANNEL_SECRET_FILE");
  expect(fault({ ...line, ...named(secretFile("x")) })).toContain("both set");
});

test("what cannot be used is named, and never shown", () => {
  expect(fault({ ...line, QUICKCARD_LINE_BASE_URL: "http://line.example" })).toContain(
    "QUICKCARD_LINE_BASE_URL",
  );
  expect(readChannels({ ...line, QUICKCARD_LINE_BASE_URL: "http://127.0.0.1:9" })).toHaveLength(2);
  const told = fault({ ...line, QUICKCARD_LINE_ACCESS_TOKEN: "canary\nX: y" });
  expect(told).toContain("QUICKCARD_LINE_ACCESS_TOKEN");
  expect(told).not.toContain("canary");
  const custom = { QUICKCARD_CUSTOM_URL: "https://example.com", QUICKCARD_CUSTOM_SECRET: "canary" };
  expect(fault(custom)).not.toContain("canary");
});

describe("the reference", () => {
  const rows = reference.split("\n").filter((row) => row.startsWith("| `"));

  test("has every variable, with its default and meaning, and no other", () => {
    const documented = rows.filter((row) => row.includes("QUICKCARD_"));
    const expected = Object.values(channelSettings).flatMap((settings) =>
      (Object.values(settings) as ChannelSetting[]).map(
        ({ variable, isSecret, default: fallback, meaning }) =>
          `| \`${variable}\`${isSecret ? ", or `…_FILE`" : ""} | ${fallback === undefined ? "needed" : `\`${fallback}\``} | ${meaning} |`,
      ),
    );
    expect(documented).toEqual(expected);
  });

  test("has every error code of the channels, with what it is taken for", () => {
    const documented = rows.filter((row) => /^\| `\d/.test(row));
    const tables = [whatsAppFailures, messengerFailures, telegramFailures] as Readonly<
      Record<string, FailureClass>
    >[];
    const expected = tables.flatMap((table) =>
      Object.entries(table).map(([code, found]) => `| \`${code}\` | ${kindOf(found)} | ${found.meaning} |`),
    );
    expect(documented).toEqual(expected);
  });
});

function kindOf({ kind, permanent, pauseMs, contactPauseMs }: FailureClass): string {
  if (kind === "ambiguous") return "ambiguous";
  if (permanent) return "not applied, for good";
  return contactPauseMs === undefined
    ? `not applied; all pause ${(pauseMs ?? 0) / 1000} s`
    : `not applied; the contact rests ${contactPauseMs / 1000} s, then four times as long`;
}
