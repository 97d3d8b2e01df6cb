import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, json, quickcard } from "./run-quickcard.ts";

const question = (label: string) => ({
  type: "quick-reply",
  title: "Which?",
  choices: [
    { label: "One", value: "1" },
    { label, value: "2" },
  ],
});

function folderWith(files: Record<string, unknown>): string {
  const cwd = emptyFolder();
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(cwd, name), typeof value === "string" ? value : JSON.stringify(value, undefined, 2));
  return cwd;
}

const long = "A label that is too long for WhatsApp";

test("what a channel would refuse is told with file, line and pointer, and ends with 1", async () => {
  const cwd = folderWith({
    "menu.json": { type: "message", content: question(long) },
    "good.json": question("Two"),
  });

  const { code, stdout, stderr } = await quickcard(
    ["lint", "menu.json", "good.json", "--channel", "whatsapp"],
    {
      cwd,
    },
  );

  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^menu\.json:12:18 error whatsapp: .*\n {2}\/content\/choices\/1\/label {2}quickReply\.label\.max\n$/,
  );
  expect(stdout + stderr).not.toContain(long);
  expect(stderr).toContain("1 finding in 1 file.");
});

test("a file that every channel named shows as it is ends with 0", async () => {
  const cwd = folderWith({ "menu.json": question("Two") });

  expect(
    await quickcard(["lint", "menu.json", "--channel", "whatsapp", "--channel", "line"], { cwd }),
  ).toEqual({
    code: 0,
    stdout: "Nothing found in 1 file.\n",
    stderr: "",
  });
});

test("a warning ends with 1 only where that is asked for", async () => {
  const cwd = folderWith({ "text.json": { type: "text", text: "Long enough for two segments. ".repeat(7) } });
  const words = ["lint", "text.json", "--channel", "sms"];

  expect((await quickcard(words, { cwd })).code).toBe(0);
  expect((await quickcard([...words, "--fail-on", "warning"], { cwd })).code).toBe(1);
});

test("what is no message, or no JSON, is a finding of its file, and the others are checked", async () => {
  const cwd = folderWith({
    "broken.json": '{\n  "type": "text",\n  oops\n}',
    "wrong.json": { type: "card" },
    "menu.json": question(long),
  });

  const { code, stdout } = await quickcard(
    ["lint", "broken.json", "wrong.json", "menu.json", "--format", "json", "--channel", "whatsapp"],
    { cwd },
  );

  expect(code).toBe(1);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => json(line)),
  ).toMatchObject([
    { file: "broken.json", rule: "not_json", line: 3, column: 3 },
    { file: "wrong.json", rule: "required.fields.missing", pointer: "/title", line: 1 },
    { file: "menu.json", rule: "quickReply.label.max", channel: "whatsapp", pointer: "/choices/1/label" },
  ]);
});

test("SARIF names each rule once, and each place by its line", async () => {
  const cwd = folderWith({ "a menu.json": question(long) });

  const { stdout } = await quickcard(["lint", "a menu.json", "--format", "sarif", "--channel", "all"], {
    cwd,
  });

  const { version, runs } = JSON.parse(stdout);
  const [{ tool, results }] = runs;
  const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
  expect(version).toBe("2.1.0");
  expect(new Set(ids).size).toBe(ids.length);
  expect(results.length).toBeGreaterThan(3);
  for (const { ruleId, ruleIndex, level, locations } of results) {
    expect(ids[ruleIndex]).toBe(ruleId);
    expect(["error", "warning"]).toContain(level);
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe("a%20menu.json");
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
  }
});

test("a file that cannot be read is a finding too, and the others are checked", async () => {
  const cwd = folderWith({
    "yaml.json": "type: text",
    "large.json": JSON.stringify({ type: "text", text: "x".repeat(600_000) }),
    "menu.json": question(long),
  });
  writeFileSync(join(cwd, "binary.json"), new Uint8Array([0xff, 0xfe, 0, 1]));
  mkdirSync(join(cwd, "folder"));
  const files = [
    "yaml.json",
    "large.json",
    "binary.json",
    "folder",
    "missing.json",
    "none/*.json",
    "menu.json",
  ];

  const { code, stdout, stderr } = await quickcard(
    ["lint", "--format", "json", "--channel", "whatsapp", ...files],
    {
      cwd,
    },
  );

  const findings = stdout
    .trim()
    .split("\n")
    .map((line) => json(line));
  expect(code).toBe(1);
  expect(stderr).not.toContain("send it all the same");
  expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
    "yaml.json not_json",
    ...files.slice(1, -1).map((file) => `${file} unreadable`),
    "menu.json quickReply.label.max",
  ]);
  for (const { line, column, message, fix } of findings) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(`${message}. ${fix}`).toMatch(/^[^.]\S.*[^.]\. [A-Z].*[^.]\.$/);
  }
});
