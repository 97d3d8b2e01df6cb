import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorBody, OutboundMessage } from "@quickcard/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasSharedData, readSharedJson, sharedPath } from "../../../testing/shared-data.ts";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
let path: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
  path = `${api}/contacts/${(await gateway.contact()).id}/messages`;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.call("POST", path, { token, body, headers });

const corpus = "corpora/json-test-suite/test_parsing";

test.skipIf(!hasSharedData(corpus))("answers every text of the JSON test suite with 400", async () => {
  const names = readdirSync(sharedPath(corpus));
  const others: string[] = [];
  for (const name of names) {
    const answer = await send(readFileSync(join(sharedPath(corpus), name)));
    if (answer.status !== 400) others.push(`${name}: ${answer.status}`);
  }

  expect(names.filter((name) => name.startsWith("n_")).length).toBeGreaterThan(150);
  // None of the texts is a message, so those that parse are refused for what they say.
  expect(others).toEqual([]);
});

const textFields: Record<string, (text: string) => object> = {
  text: (text) => ({ type: "text", text }),
  caption: (text) => ({ type: "image", url: "https://example.com/a.png", caption: text, altText: text }),
  filename: (text) => ({ type: "file", url: "https://example.com/a", filename: text, mimeType: text }),
  place: (text) => ({ type: "location", latitude: 1, longitude: 2, name: text, address: text }),
  choice: (text) => ({ type: "quick-reply", title: text, choices: [{ label: text, value: text }] }),
  card: (text) => ({
    type: "card",
    title: text,
    subtitle: text,
    actions: [{ type: "postback", title: text, payload: text }],
  }),
};

const naughty = "corpora/naughty-strings/blns.json";

test.skipIf(!hasSharedData(naughty))(
  "gives naughty strings back as they went in, or refuses them",
  {
    timeout: 120_000,
  },
  async () => {
    const isKept = async (text: string, field: string, make: (text: string) => object) => {
      const content = make(text);
      const answer = await send({ type: "message", content, metadata: { note: text } });
      expect([201, 400], `${field}: ${JSON.stringify(text)}`).toContain(answer.status);
      if (answer.status !== 201) return;
      const { selfUri } = (await answer.json()) as OutboundMessage;
      const stored = (await (await gateway.call("GET", selfUri, { token })).json()) as OutboundMessage;
      expect(stored.content).toEqual(content);
      expect(stored.metadata).toEqual({ note: text });
    };
    for (const text of readSharedJson<string[]>(naughty)) {
      await Promise.all(Object.entries(textFields).map(([field, make]) => isKept(text, field, make)));
    }
  },
);

interface UnicodeCase {
  name: string;
  json: string;
  expect: "round-trip" | "400";
}
const unicode = "vectors/unicode.json";

test.skipIf(!hasSharedData(unicode))("keeps every string that can be kept and refuses the rest", async () => {
  for (const { name, json, expect: expected } of readSharedJson<{ cases: UnicodeCase[] }>(unicode).cases) {
    const answer = await send(`{"type":"message","content":{"type":"text","text":${json}}}`);
    if (expected === "400") {
      expect(answer.status, name).toBe(400);
      expect(((await answer.json()) as ErrorBody).details[0]?.fieldName).toBe("/content/text");
    } else {
      const { selfUri } = (await answer.json()) as OutboundMessage;
      const stored = (await (await gateway.call("GET", selfUri, { token })).json()) as OutboundMessage;
      expect(stored.content, name).toEqual({ type: "text", text: JSON.parse(json) });
    }
  }
});

test.each([
  ["a body over 512,000 bytes", `"${"x".repeat(512_000)}"`, {}, 413, "request.entity.too.large"],
  ["a body nested 33 levels deep", "[".repeat(33) + "]".repeat(33), {}, 400, "bad.request"],
  ["a million brackets", "[".repeat(400_000), {}, 400, "bad.request"],
  ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), {}, 400, "bad.request"],
  ["no body", "", {}, 400, "bad.request"],
  ["a form", "a=b", { "content-type": "text/plain" }, 415, "unsupported.media.type"],
  ["an answer in XML", "{}", { accept: "application/xml" }, 406, "not.acceptable"],
])("refuses %s", async (_, body, headers, status, code) => {
  const answer = await send(body, headers as Record<string, string>);

  expect(answer.status).toBe(status);
  expect(((await answer.json()) as ErrorBody).code).toBe(code);
});

test("stops reading a body without a declared length once it is too large", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const request = new Request(`http://gateway.test${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: endless,
    duplex: "half",
  } as RequestInit);

  const answer = await gateway.gateway.fetch(request);

  expect(answer.status).toBe(413);
  expect(sent).toBeLessThan(1_000_000);
});

test("is not polluted by keys that name prototypes", async () => {
  for (const key of ["__proto__", "constructor", "prototype"]) {
    const answer = await send(
      `{"type":"message","content":{"type":"text","text":"x","${key}":{"polluted":1}}}`,
    );
    expect(answer.status).toBe(400);
  }
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

const ids = "vectors/contact-ids.json";

test.skipIf(!hasSharedData(ids))(
  "answers hostile contact ids with 404, never with anything of a contact",
  async () => {
    for (const { id } of readSharedJson<{ cases: { id: string }[] }>(ids).cases) {
      const encoded = encodeURIComponent(id.replaceAll(/\p{Surrogate}/gu, "?"));
      const answer = await gateway.call("GET", `${api}/contacts/${encoded}/messages`, { token });
      expect([404, 405], id).toContain(answer.status);
    }
  },
);

test("says which methods a path has", async () => {
  const answer = await gateway.call("PUT", `${api}/contacts`, { token });

  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "POST"]);
});

test("puts a correlation id and the security headers on every answer", async () => {
  for (const url of ["/nowhere", "/health/live", path, "/oauth/authorize", "/docs"]) {
    const answer = await gateway.call("GET", url);
    expect(answer.headers.get("inin-correlation-id"), url).toMatch(/^[\w-]{36}$/);
    expect(answer.headers.get("x-content-type-options"), url).toBe("nosniff");
    expect(answer.headers.get("content-security-policy"), url).toMatch(/default-src 'none'/);
  }
});
