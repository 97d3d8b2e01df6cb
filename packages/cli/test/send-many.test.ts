import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient } from "@quickcard/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedGateway, serveQuickcard } from "../../../testing/serve-quickcard.ts";
import { emptyFolder, json, quickcard, startQuickcard } from "./run-quickcard.ts";

const command = fileURLToPath(new URL("../dist/main.js", import.meta.url));

let gateway: ServedGateway;
let client: OpenMessagingClient;
let env: Record<string, string>;

beforeAll(async () => {
  gateway = await serveQuickcard();
  const { clientId, clientSecret } = await gateway.createClient();
  client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
  env = { GENESYS_BASE_URL: gateway.url, GENESYS_CLIENT_ID: clientId, GENESYS_CLIENT_SECRET: clientSecret };
});
afterAll(async () => {
  await client.close();
  await gateway.stop();
});

const newContact = async () => (await client.contacts.create({ channel: "web" })).id;

/** The texts that a contact was sent, in order. */
async function textsOf(contactId: string): Promise<unknown[]> {
  const texts: unknown[] = [];
  for await (const { content } of client.messages.listAll(contactId, { pageSize: 100 })) {
    texts.push(content.type === "text" ? content.text : content);
  }
  return texts;
}

/** A folder with a file in it. */
function folderWith(files: Record<string, string>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const sendMany = (cwd: string, ...words: string[]) => quickcard(["send", "many", ...words], { cwd, env });
const lines = (stdout: string) => stdout.trimEnd().split("\n").map(json);

test("a run that is killed goes on where it stopped: each message is sent once, and in order", async () => {
  const contactId = await newContact();
  const rows = Array.from({ length: 150 }, (_, index) => `${contactId},Message ${index}`);
  const cwd = folderWith({ "many.csv": `contactId,text\n${rows.join("\n")}\n` });
  const words = ["send", "many", "many.csv", "--json", "--concurrency", "3"];

  for (const enough of [7, 40]) {
    const run = spawn(process.execPath, [command, ...words], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let results = 0;
    for await (const line of createInterface(run.stdout)) {
      expect(json(line)).toMatchObject({ status: "sent" });
      results += 1;
      if (results === enough) run.kill("SIGKILL");
    }
    if (run.exitCode === null && run.signalCode === null) await once(run, "exit");
    expect(run.signalCode).toBe("SIGKILL");
  }
  const last = await quickcard(words, { cwd, env });
  const again = await quickcard(words, { cwd, env });

  expect(last.code).toBe(0);
  expect(last.stderr).toMatch(/Sent: 150 of 150 messages, \d\d+ before this run/);
  expect(lines(last.stdout).length).toBeLessThan(120);
  expect(again.stdout).toBe("");
  expect(again.stderr).toContain("150 before this run");
  expect(await textsOf(contactId)).toEqual(rows.map((_, index) => `Message ${index}`));
}, 60_000);

test("a template makes each row's message from its columns, which stay text", async () => {
  const contactId = await newContact();
  const cwd = folderWith({
    "orders.csv": `\ufeffcontactId;order;name\r\n${contactId};17;"Ada ""the first"", {""x"": 1}"\r\n`,
    "card.json": JSON.stringify({
      type: "card",
      title: "Order {{order}}",
      subtitle: "For {{ name }}",
      actions: [{ type: "postback", title: "Where is it?", payload: "order:{{order}}" }],
    }),
  });

  const { code, stdout } = await sendMany(cwd, "orders.csv", "--template", "card.json", "--json");

  expect(code).toBe(0);
  expect(lines(stdout)).toEqual([
    { row: 1, key: "row 1", contactId, status: "sent", messageId: expect.any(String) },
  ]);
  expect(await textsOf(contactId)).toEqual([
    {
      type: "card",
      title: "Order 17",
      subtitle: 'For Ada "the first", {"x": 1}',
      actions: [{ type: "postback", title: "Where is it?", payload: "order:17" }],
    },
  ]);
});

test("JSON lines hold whole messages or contents, with keys of their own", async () => {
  const contactId = await newContact();
  const message = { type: "message", content: { type: "text", text: "Whole" }, metadata: { order: "17" } };
  const cwd = folderWith({
    "many.ndjson": [
      JSON.stringify({ contactId, key: "order-17", message }),
      "",
      JSON.stringify({ contactId, message: { type: "text", text: "Content" } }),
    ].join("\n"),
  });

  const { stdout } = await sendMany(cwd, "many.ndjson", "--json");

  expect(lines(stdout)).toMatchObject([{ key: "order-17" }, { key: "row 2" }]);
  expect(await textsOf(contactId)).toEqual(["Whole", "Content"]);
});

test("nothing is sent of a file with faults; each is told with its row", async () => {
  const contactId = await newContact();
  const good = { contactId, message: { type: "text", text: "Hello" } };
  const cwd = folderWith({
    "many.ndjson": [
      JSON.stringify(good),
      "{",
      "[]",
      JSON.stringify({ message: good.message }),
      JSON.stringify({ contactId, message: { type: "card" } }),
      JSON.stringify({ ...good, key: "row 1" }),
      JSON.stringify({ ...good, key: 7 }),
    ].join("\n"),
  });

  const { code, stderr } = await sendMany(cwd, "many.ndjson", "--dry-run");
  await sendMany(cwd, "many.ndjson");

  expect(code).toBe(1);
  expect(stderr).toMatch(/Row 2: it is not JSON\n/);
  expect(stderr).toMatch(/Row 4: contactId is missing\n/);
  expect(stderr).toMatch(/Row 5: \/content\/title /);
  expect(stderr).toMatch(/Row 6: its key "row 1" is that of a row before\n/);
  expect(stderr).toMatch(/Row 7: key is not text\n/);
  expect(await textsOf(contactId)).toEqual([]);
});

test.each([
  ["many.csv", "id,text\n1,Hello\n", /no column "contactId"; its first line names "id", "text"/],
  ["many.csv", "contactId,name\n1,Ada\n", /no column "text"[\s\S]*--template/],
  [
    "many.csv",
    'contactId,text\n1,"Hello\n',
    /cannot be read as a table at line \d+ \(CSV_QUOTE_NOT_CLOSED\)/,
  ],
  ["many.csv", "contactId,text\n1,Hello,more\n", /CSV_RECORD_INCONSISTENT/],
  ["many.xls", "", /neither a table nor JSON lines/],
  ["many.ndjson", `{"contactId":"${"x".repeat(600_000)}`, /Line 1 holds more than 512,000 characters/],
])("what is no file of messages is refused with what to do: %s %j", async (name, content, words) => {
  const { code, stderr } = await sendMany(folderWith({ [name]: content }), name);

  expect(code).toBeGreaterThan(0);
  expect(stderr).toMatch(words);
  expect(stderr).toContain("Fix:");
});

test("a file in another encoding is refused, not sent with the wrong letters", async () => {
  const cwd = folderWith({});
  writeFileSync(join(cwd, "many.csv"), Buffer.from("contactId,text\n1,Zo\xeb\n", "latin1"));

  expect((await sendMany(cwd, "many.csv")).stderr).toContain("not UTF-8 text");
});

test("a template that names a column that there is not is told before anything is sent", async () => {
  const cwd = folderWith({
    "many.csv": "contactId,name\n1,Ada\n",
    "text.json": '{"type":"text","text":"{{nme}} {{toString}}"}',
  });

  expect((await sendMany(cwd, "many.csv", "--template", "text.json")).stderr).toContain(
    "the template names {{nme}}, and there is no such column",
  );
});

test("rows that fail are told, the others are sent, and the next run tries the failed ones again", async () => {
  const [open, closed] = [await newContact(), await newContact()];
  await client.contacts.close(closed);
  const cwd = folderWith({ "many.csv": `contactId,text\n${open},One\n${closed},Two\n` });

  const first = await sendMany(cwd, "many.csv", "--json");
  await client.contacts.reopen(closed);
  const second = await sendMany(cwd, "many.csv", "--json");

  expect(first.code).toBe(1);
  // Results come as they are known: of two contacts either may be first.
  expect(lines(first.stdout).toSorted((one, other) => Number(one.row) - Number(other.row))).toMatchObject([
    { row: 1, status: "sent" },
    { row: 2, status: "failed", error: { code: "conversation_closed", fix: expect.any(String) } },
  ]);
  expect(first.stderr).toContain("1 of 2 messages were not sent");
  expect(second.code).toBe(0);
  expect(lines(second.stdout)).toMatchObject([{ row: 2, status: "sent" }]);
  expect([await textsOf(open), await textsOf(closed)]).toEqual([["One"], ["Two"]]);
});

test("a gateway that cannot be reached leaves every row for a later run", async () => {
  const cwd = folderWith({ "many.csv": "contactId,text\na,One\n" });
  const away = { ...env, GENESYS_BASE_URL: "http://127.0.0.1:9" };

  const { code, stdout } = await quickcard(["send", "many", "many.csv", "--json", "--timeout", "1"], {
    cwd,
    env: away,
  });

  expect(code).toBe(75);
  expect(lines(stdout)).toMatchObject([
    { status: "failed", error: { code: "connection_failed", retryable: true } },
  ]);
});

test("a run that is stopped says how to go on", async () => {
  const contactId = await newContact();
  const rows = Array.from({ length: 500 }, (_, index) => `${contactId},${index}`);
  const cwd = folderWith({ "many.csv": `contactId,text\n${rows.join("\n")}\n` });
  const running = startQuickcard(["send", "many", "many.csv", "--json"], { cwd, env });
  await running.printed(/"row":3,/);

  const { code, stderr } = await running.stop();

  expect(code).toBe(130);
  expect(stderr).toContain("Run the same command again");
});

test("a journal is never taken for one of other messages, and no other file for a journal", async () => {
  const contactId = await newContact();
  const cwd = folderWith({
    "many.csv": `contactId,text\n${contactId},One\n`,
    "notes.txt": "Do not lose this",
  });
  await sendMany(cwd, "many.csv");
  appendFileSync(join(cwd, "many.csv"), `${contactId},Two\n`);

  const changed = await sendMany(cwd, "many.csv");
  const other = await sendMany(cwd, "many.csv", "--journal", "notes.txt");

  expect(changed.stderr).toMatch(
    /journal of other messages, or of these before they were changed[\s\S]*--journal/,
  );
  expect(other.stderr).toMatch(/is not a journal, and is left as it is/);
  expect(readFileSync(join(cwd, "notes.txt"), "utf8")).toBe("Do not lose this");
  expect(statSync(join(cwd, "many.csv.journal")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(cwd, "many.csv.journal"), "utf8")).not.toContain("One");
  expect(await textsOf(contactId)).toEqual(["One"]);
});

test("a journal with a line that cannot be read is left as it is, and nothing is sent by guess", async () => {
  const contactId = await newContact();
  const cwd = folderWith({ "many.csv": `contactId,text\n${contactId},One\n` });
  await sendMany(cwd, "many.csv");
  const journal = join(cwd, "many.csv.journal");
  appendFileSync(journal, '{"key":"row 1"\n');
  const damaged = readFileSync(journal, "utf8");

  const { code, stderr } = await sendMany(cwd, "many.csv");

  expect(code).toBe(1);
  expect(stderr).toMatch(/at line 4,[\s\S]*journal_damaged/);
  expect(readFileSync(journal, "utf8")).toBe(damaged);
  expect(await textsOf(contactId)).toEqual(["One"]);
});

test("what may have been sent more than a day ago is not sent again, and is said", async () => {
  const contactId = await newContact();
  const cwd = folderWith({ "many.csv": `contactId,text\n${contactId},One\n${contactId},Two\n` });
  await sendMany(cwd, "many.csv");
  const journal = join(cwd, "many.csv.journal");
  const [header, started] = readFileSync(journal, "utf8").split("\n");
  const dayBefore = new Date(Date.now() - 86_400_000).toISOString();
  // As a kill leaves it: one row begun, and half a line.
  writeFileSync(
    journal,
    `${header}\n${started?.replace(/"started":"[^"]+"/, `"started":"${dayBefore}"`)}\n{"key":"ro`,
  );

  const { code, stderr, stdout } = await sendMany(cwd, "many.csv", "--json");

  expect(code).toBe(1);
  expect(stderr).toContain(`quickcard history --to ${contactId}`);
  expect(lines(stdout)).toMatchObject([
    { row: 1, status: "unknown", error: { code: "started_too_long_ago" } },
    { row: 2, status: "sent" },
  ]);
  expect(readFileSync(journal, "utf8").split("\n").slice(0, -1).map(json)).toHaveLength(4);
});
