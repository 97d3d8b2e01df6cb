import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, json, quickcard } from "./run-quickcard.ts";

const words = ["send", "text", "Hi", "--dry-run", "--json"];

async function urlOf(
  options: { env?: Record<string, string>; cwd: string },
  ...more: string[]
): Promise<unknown> {
  const { stdout, stderr } = await quickcard([...words, ...more], options);
  expect(stderr).toBe("");
  return json(stdout).url;
}

function folderWith(files: Record<string, string>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const contacts = "/api/v2/conversations/messaging/contacts";

test("the tutorial's variables come from .env in the current folder", async () => {
  const cwd = folderWith({
    ".env": 'GENESYS_BASE_URL="https://file.example"\nexport TARGET_CONTACT_ID=from-file # yes\n',
  });

  expect(await urlOf({ cwd })).toBe(`https://file.example${contacts}/from-file/messages`);
});

test("the environment wins over .env, and an empty variable counts as absent", async () => {
  const cwd = folderWith({ ".env": "GENESYS_BASE_URL=https://file.example\nTARGET_CONTACT_ID=from-file\n" });
  const env = { GENESYS_BASE_URL: "", TARGET_CONTACT_ID: "from-environment" };

  expect(await urlOf({ cwd, env })).toBe(`https://file.example${contacts}/from-environment/messages`);
});

test("a file named by --dotenv wins over the environment, and options over both", async () => {
  const cwd = folderWith({
    "demo.env": "GENESYS_BASE_URL=https://named.example\nTARGET_CONTACT_ID=from-named\n",
  });
  const env = { GENESYS_BASE_URL: "https://environment.example", TARGET_CONTACT_ID: "from-environment" };

  expect(await urlOf({ cwd, env }, "--dotenv", "demo.env")).toBe(
    `https://named.example${contacts}/from-named/messages`,
  );
  expect(
    await urlOf({ cwd, env }, "--dotenv", "demo.env", "--base-url", "https://option.example", "--to", "x"),
  ).toBe(`https://option.example${contacts}/x/messages`);
});

test("a folder named .env, as Python makes them, is passed over", async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, ".env"));

  expect(await urlOf({ cwd }, "--to", "x")).toContain("/contacts/x/");
});

test("a file named by --dotenv that is not there is an error", async () => {
  const { code, stderr } = await quickcard([...words, "--dotenv", "nowhere.env"]);

  expect(code).toBe(1);
  expect(json(stderr)).toMatchObject({
    error: { code: "ENOENT", message: expect.stringContaining("nowhere.env") },
  });
});
