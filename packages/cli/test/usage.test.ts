import fc from "fast-check";
import { exitCodes } from "quickcard";
import { expect, test } from "vitest";
import { json, quickcard } from "./run-quickcard.ts";

test("an unknown command is wrong usage, and the nearest one is named", async () => {
  const { code, stdout, stderr } = await quickcard(["sned"]);

  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toBe(
    "Error: Unknown command 'sned'.\nFix:   Did you mean send? See quickcard --help\nCode:  usage.unknown_command\n",
  );
});

test.each([
  [["serve", "--prot", "1"], "usage.unknown_option", "Did you mean --port? See quickcard serve --help"],
  [["contacts"], "usage.missing_command", "See quickcard contacts --help"],
  [["contacts", "lst"], "usage.unknown_command", "Did you mean list? See quickcard contacts --help"],
  [["send", "quickreply"], "usage.unknown_type", "Did you mean quickcard send quick-reply?"],
  [["send", "card"], "usage.missing_mandatory_option_value", "See quickcard send card --help"],
  [["send", "card", "--title"], "usage.option_missing_argument", "See quickcard send card --help"],
  [
    ["clients", "create", "--name", "x", "--scopes", "mesages:send"],
    "usage.scopes",
    /Choose from messages:send/,
  ],
  [
    ["subscriptions", "create", "--url", "https://a.example", "--events", ","],
    "usage.events",
    /message.inbound/,
  ],
  [["contacts", "create", "--channel", "fax"], "usage.invalid_argument", /contacts create --help/],
  [["contacts", "delete", "x"], "usage.unconfirmed", /Add --yes/],
  [["serve", "--port", "70000"], "usage.number", /digits/],
  [["send", "text", "a", "--text", "b"], "usage.invalid", /once/],
  [["contacts", "list"], "missing_credentials", /\.env/],
])("%j is wrong usage with a fix", async (words, code, fix) => {
  const ended = await quickcard(["--json", ...words]);

  const { error } = json(ended.stderr) as { error: Record<string, unknown> };
  expect(error).toMatchObject({ code, exitCode: 2, retryable: false });
  expect(error.fix).toMatch(fix);
  expect(ended).toMatchObject({ code: 2, stdout: "" });
});

test("without any word the help is shown, and that is no failure", async () => {
  const { code, stdout, stderr } = await quickcard([]);

  expect(code).toBe(0);
  expect(stdout).toContain("Usage: quickcard");
  expect(stderr).toBe("");
});

test.each([[["help"]], [["help", "send"]], [["send", "help", "card"]], [["serve", "--help"]]])(
  "%j shows help on standard output",
  async (words) => {
    const { code, stdout, stderr } = await quickcard(words);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: quickcard/);
  },
);

test("--json is known before and after the command", async () => {
  const before = await quickcard(["--json", "contacts", "list"]);
  const after = await quickcard(["contacts", "list", "--json"]);

  expect(json(before.stderr)).toEqual(json(after.stderr));
});

test("the secret cannot be given on the command line", async () => {
  const { stderr, code } = await quickcard(["contacts", "list", "--client-secret", "s3cret"]);

  expect(code).toBe(2);
  expect(stderr).not.toContain("s3cret");
});

test("whatever the command line says, the command ends with an exit code of its table and no bug", async () => {
  const words = fc.constantFrom(
    ...["contacts", "list", "show", "send", "card", "carousel", "quick-reply", "text", "location", "history"],
    ...[
      "--json",
      "--to",
      "--title",
      "--card",
      "--choice",
      "a=b",
      "--postback",
      "--link",
      "--dry-run",
      "--",
      "-",
    ],
    ...["--metadata", "--latitude", "--longitude", "--limit", "1", "--file", "completion", "bash", "--help"],
  );
  const known = new Set<number>(Object.values(exitCodes).map(({ code }) => code));

  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }), async (commandLine) => {
      fc.pre(!commandLine.some((word) => ["serve", "dev", "clients"].includes(word)));
      const { code } = await quickcard(commandLine, { cwd: "/nonexistent" });
      expect(known).toContain(code);
      expect(code).not.toBe(exitCodes.bug.code);
    }),
    { numRuns: 300 },
  );
});
