import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Below the installed packages, so that a file in it can import them. */
let directory = "";
beforeAll(() => {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  directory = mkdtempSync(join(cache, "vendor-types-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Golden {
  bodies: ({ method?: string } & Record<string, unknown>)[];
}

const goldenOf = (channel: string) =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`golden/${channel}.json`, import.meta.url), "utf8")) as Record<
      string,
      Golden
    >,
  ).flatMap(([sample, { bodies }]) => bodies.map((body) => ({ sample, body })));

const head = `
import type { ApiMethods } from "@grammyjs/types";
import type { messagingApi } from "@line/bot-sdk";
import type { Models } from "purecloud-platform-client-v2";
type Call<Method extends keyof ApiMethods<never>> = Omit<Parameters<ApiMethods<never>[Method]>[0], "chat_id">;
`;

/**
 * The golden bodies as constants of the vendors' own types, one a line: LINE's and Genesys Cloud's, generated from what they
 * publish of their API, and those of Telegram's Bot API that grammY keeps. As literals they may hold no field that the type
 * does not have.
 */
function declarations(): string[] {
  const line = goldenOf("line").map(({ body }) => `messagingApi.Message = ${JSON.stringify(body)}`);
  const telegram = goldenOf("telegram").map(
    ({ body: { method, ...rest } }) => `Call<"${method}"> = ${JSON.stringify(rest)}`,
  );
  const genesys = goldenOf("genesys-web-messenger").map(
    ({ body }) => `Models.ConversationNormalizedMessage = ${JSON.stringify(body)}`,
  );
  return [...line, ...telegram, ...genesys].map(
    (declared, index) => `export const body${index}: ${declared};`,
  );
}

/** What the compiler says of a file. */
function complaintsOf(source: string): string {
  writeFileSync(join(directory, "bodies.ts"), source);
  const options = ["--module", "nodenext", "--strict", "--noEmit", "--skipLibCheck", "--ignoreConfig"];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [compiler, ...options, "--types", "", "bodies.ts"], {
    cwd: directory,
    encoding: "utf8",
  });
  return run.stdout + run.stderr;
}

test("what is rendered for LINE, Telegram and Genesys Cloud is of the vendors' own types", {
  timeout: 60_000,
}, () => {
  const bodies = declarations();

  expect(bodies.length).toBeGreaterThan(60);
  expect(complaintsOf(head + bodies.join("\n"))).toBe("");
});

test.each([
  ["a field of LINE's that there is not", '"originalContentUrl"', '"originalUrl"'],
  ["a field of LINE's that is missing", '"altText"', '"alternative"'],
  ["a field of Telegram's that there is not", '"inline_keyboard"', '"inline_keys"'],
  ["a field of Genesys Cloud's that there is not", '"quickReply"', '"quickReplies"'],
])("%s is found out", { timeout: 60_000 }, (_, right, wrong) => {
  const bodies = declarations().join("\n");

  expect(bodies).toContain(right);
  expect(complaintsOf(head + bodies.replaceAll(right, wrong))).toContain("error TS");
});
