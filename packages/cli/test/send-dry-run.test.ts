import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, json, quickcard } from "./run-quickcard.ts";

const env = { GENESYS_BASE_URL: "https://gateway.example", TARGET_CONTACT_ID: "contact-1" };

async function bodyOf(words: readonly string[], stdin = ""): Promise<unknown> {
  const { code, stdout, stderr } = await quickcard(["send", ...words, "--dry-run", "--json"], { env, stdin });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return json(stdout).body;
}

const url = "https://example.com/a";

test.each([
  [["text", "Hello"], { type: "text", text: "Hello" }],
  [["text", "--text", "Hello"], { type: "text", text: "Hello" }],
  [["image", url, "--alt-text", "A", "--caption", "C"], { type: "image", url, altText: "A", caption: "C" }],
  [["image", "--url", url], { type: "image", url }],
  [["audio", url, "--caption", "C"], { type: "audio", url, caption: "C" }],
  [["video", url, "--thumbnail-url", url], { type: "video", url, thumbnailUrl: url }],
  [
    ["file", url, "--filename", "a.pdf", "--mime-type", "application/pdf"],
    { type: "file", url, filename: "a.pdf", mimeType: "application/pdf" },
  ],
  [
    ["location", "--latitude", "-1.5", "--longitude", "2", "--name", "N"],
    { type: "location", latitude: -1.5, longitude: 2, name: "N" },
  ],
  [
    ["quick-reply", "--title", "T", "--choice", "Sales=dept_sales", "--choice", "Sum=1+1=2"],
    {
      type: "quick-reply",
      title: "T",
      choices: [
        { label: "Sales", value: "dept_sales" },
        { label: "Sum", value: "1+1=2" },
      ],
    },
  ],
])("send %j makes the body of the API", async (words, content) => {
  expect(await bodyOf(words)).toEqual({ type: "message", content });
});

test("a file holds the whole message, or its content alone", async () => {
  const content = { type: "text", text: "Hello" };

  expect(await bodyOf(["--file", "-"], JSON.stringify(content))).toEqual({ type: "message", content });
  expect(await bodyOf(["--file", "-"], JSON.stringify({ type: "message", content }))).toEqual({
    type: "message",
    content,
  });
});

test("a card's buttons stand in the order in which they were written, whatever their kind", async () => {
  const words = [
    "card",
    "--link",
    "Visit=https://example.com/?a=b",
    "--subtitle",
    "S",
    "--postback",
    "Learn More=learn_more",
  ];

  expect(await bodyOf([...words, "--title", "T", "--image", url, "--image-alt", "A"])).toEqual({
    type: "message",
    content: {
      type: "card",
      title: "T",
      subtitle: "S",
      image: { url, altText: "A" },
      actions: [
        { type: "web_url", title: "Visit", url: "https://example.com/?a=b" },
        { type: "postback", title: "Learn More", payload: "learn_more" },
      ],
    },
  });
});

test("each --card of a carousel begins a card, and what follows belongs to it", async () => {
  const body = await bodyOf([
    "carousel",
    "--card",
    "A",
    "--postback",
    "Take=a",
    "--card",
    "B",
    "--subtitle",
    "S",
    "--image",
    url,
  ]);

  expect(body).toEqual({
    type: "message",
    content: {
      type: "carousel",
      cards: [
        { title: "A", actions: [{ type: "postback", title: "Take", payload: "a" }] },
        { title: "B", subtitle: "S", image: { url } },
      ],
    },
  });
});

test("a flag before the first --card of a carousel belongs to none, and is refused", async () => {
  const { code, stderr } = await quickcard(
    ["send", "carousel", "--subtitle", "S", "--card", "A", "--dry-run"],
    { env },
  );

  expect(code).toBe(2);
  expect(stderr).toContain("--subtitle stands before the first --card.");
});

test("a dry run shows method, URL, headers and a curl, needs no credentials, and holds no secret", async () => {
  const secret = { GENESYS_CLIENT_ID: "id", GENESYS_CLIENT_SECRET: "s3cret" };
  const words = [
    "send",
    "text",
    "It's",
    "--dry-run",
    "--idempotency-key",
    "key-1",
    "--metadata",
    "order=4711",
    "--json",
  ];
  const { stdout } = await quickcard(words, { env: { ...env, ...secret } });

  expect(json(stdout)).toMatchObject({
    dryRun: true,
    method: "POST",
    url: "https://gateway.example/api/v2/conversations/messaging/contacts/contact-1/messages",
    headers: {
      "content-type": "application/json",
      "idempotency-key": "key-1",
      authorization: "Bearer $GENESYS_ACCESS_TOKEN",
    },
    body: { type: "message", content: { type: "text", text: "It's" }, metadata: { order: "4711" } },
  });
  expect(json(stdout).curl).toContain(`"text":"It'\\''s"`);
  expect(stdout).not.toContain("s3cret");
});

test("a dry run without a contact says what stands for it", async () => {
  const { code, stdout, stderr } = await quickcard(["send", "text", "Hi", "--dry-run"]);

  expect(code).toBe(0);
  expect(stdout).toContain("contacts/TARGET_CONTACT_ID/messages");
  expect(stderr).toContain("No contact was named");
});

test("a message file is sent whole, but for the $schema that an editor completes by", async () => {
  const cwd = emptyFolder();
  const message = { type: "message", content: { type: "text", text: "Hi" }, metadata: { a: "1" } };
  writeFileSync(join(cwd, "message.json"), JSON.stringify({ $schema: "./message.schema.json", ...message }));
  const words = ["send", "--file", "message.json", "--metadata", "b=2", "--dry-run", "--json"];
  const { stdout } = await quickcard(words, { cwd, env });

  expect(json(stdout).body).toEqual({ ...message, metadata: { a: "1", b: "2" } });
});

test("standard input gives a message with --file -, and a text with -", async () => {
  const content = { type: "text", text: "from a pipe" };

  expect(await bodyOf(["--file", "-"], JSON.stringify({ type: "message", content }))).toEqual({
    type: "message",
    content,
  });
  expect(await bodyOf(["text", "-"], "from a pipe")).toEqual({ type: "message", content });
});

test("a misspelt content type is refused with the nearest one, before anything is sent", async () => {
  const stdin = JSON.stringify({ type: "message", content: { type: "quickreply", title: "T", choices: [] } });
  const { code, stderr } = await quickcard(["send", "--file", "-"], { env, stdin });

  expect(code).toBe(1);
  expect(stderr).toContain("Invalid content type");
  expect(stderr).toContain('did you mean "quick-reply"?');
});

test.each([
  [
    "not JSON",
    '{"type":"message",\n"content" 1}',
    "not_json",
    "Standard input is not valid JSON (line 2, column 11).",
  ],
  [
    "more than a body can be",
    `"${"x".repeat(512_000)}"`,
    "input_too_large",
    "Standard input holds more than 512,000 bytes.",
  ],
  ["not UTF-8", Buffer.from([0x22, 0xff, 0x22]), "not_utf8", "Standard input is not UTF-8 text."],
])("a message that is %s is refused, and not quoted", async (_, stdin, code, message) => {
  const ended = await quickcard(["send", "--file", "-", "--json"], { env, stdin });

  expect(ended.code).toBe(1);
  expect(json(ended.stderr)).toMatchObject({ error: { code, message } });
});

test("a file that is not there is named", async () => {
  const { code, stderr } = await quickcard(["send", "--file", "nowhere.json"], { env, cwd: "/" });

  expect(code).toBe(1);
  expect(stderr).toContain("/nowhere.json cannot be used.\nCause: There is no such file or folder.");
});
