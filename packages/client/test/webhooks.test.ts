import { randomBytes } from "node:crypto";
import {
  ConfigurationError,
  type Event,
  InvalidArgumentError,
  SignatureError,
  verifyWebhook,
  webhookHandler,
} from "@quickcard/client";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { secretBytes } from "../src/webhooks/signing-key.ts";
import { failure } from "./fixtures/failure.ts";
import { secret, sentAt, signed, tapEvent } from "./fixtures/signed-webhook.ts";
import { contactId } from "./fixtures/start-contacts-api.ts";

const now = () => sentAt;
const body = JSON.stringify(tapEvent);

async function reasonOf(verifying: Promise<unknown>): Promise<string> {
  const error = await failure(verifying);
  expect(SignatureError.is(error) && error.code).toBe("invalid_signature");
  expect(error.fix).not.toBe("");
  expect(`${error.message} ${error.fix}`).not.toContain(secret.slice(6));
  return (error as SignatureError).reason;
}

test("takes what the library standardwebhooks signs, as text and as bytes, with headers of any kind", async () => {
  const headers = signed(body);
  const bytes = new TextEncoder().encode(body);

  for (const rawBody of [body, bytes, Buffer.from(body), bytes.buffer]) {
    expect(await verifyWebhook(rawBody, headers, secret, { now })).toEqual(tapEvent);
  }
  const titled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]),
  );
  expect(await verifyWebhook(body, new Headers(headers), secret, { now })).toEqual(tapEvent);
  expect(await verifyWebhook(body, titled, secret, { now })).toEqual(tapEvent);
});

test("agrees with the library on every event, secret and id", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[\w-]{1,40}$/),
      async (key, text, id) => {
        const made = `whsec_${Buffer.from(key).toString("base64")}`;
        const raw = JSON.stringify({ id: "1", type: "x", text });
        const headers = signed(raw, { secret: made, id });

        expect(await verifyWebhook(raw, headers, made, { now })).toMatchObject({ text });
        const longer = { ...headers, "webhook-id": `${id}x` };
        expect(await reasonOf(verifyWebhook(raw, longer, made, { now }))).toBe("no_match");
      },
    ),
    { numRuns: 100 },
  );
});

const vectors = "vectors/known-signatures.json";

test.skipIf(!hasSharedData(vectors))(
  "the scheme's own example is signed, though it is no event",
  async () => {
    const { cases } = readSharedJson<{ cases: Record<string, string>[] }>(vectors);
    const {
      secret: known = "",
      id = "",
      timestamp,
      body: raw = "",
      signature = "",
    } = cases.find(({ name }) => name === "standard-webhooks") ?? {};
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signature,
    };
    const options = { now: () => Number(timestamp) * 1000 };

    expect(await reasonOf(verifyWebhook(raw, headers, known, options))).toBe("not_an_event");
    expect(await reasonOf(verifyWebhook(raw.replace("2", "3"), headers, known, options))).toBe("no_match");
  },
);

test("while secrets are replaced, either side may be the first to change", async () => {
  const other = `whsec_${randomBytes(32).toString("base64")}`;
  const both = {
    ...signed(body),
    "webhook-signature": `${signed(body, { secret: other })["webhook-signature"]} ${signed(body)["webhook-signature"]}`,
  };

  expect(await verifyWebhook(body, both, secret, { now })).toEqual(tapEvent);
  expect(await verifyWebhook(body, both, other, { now })).toEqual(tapEvent);
  expect(await verifyWebhook(body, signed(body), [other, secret], { now })).toEqual(tapEvent);
  expect(await reasonOf(verifyWebhook(body, signed(body), [other], { now }))).toBe("no_match");
});

test("a body that was parsed and written again is named as that", async () => {
  const pretty = JSON.stringify(tapEvent, undefined, 2);

  expect(await reasonOf(verifyWebhook(pretty, signed(body), secret, { now }))).toBe("body_changed");
  expect(await reasonOf(verifyWebhook(body, signed(pretty), secret, { now }))).toBe("body_changed");
  expect(await reasonOf(verifyWebhook(`${body}\n`, signed(body), secret, { now }))).toBe("body_changed");
  expect(await failure(verifyWebhook(tapEvent as never, signed(body), secret))).toBeInstanceOf(
    InvalidArgumentError,
  );
});

test("a signature in hex, and one made with the secret's text, are named as that", async () => {
  const hex = Buffer.from(signed(body)["webhook-signature"].slice(3), "base64").toString("hex");
  const asText = `whsec_${Buffer.from(secret).toString("base64")}`;

  for (const written of [hex, `v1,${hex}`, `sha256=${hex}`]) {
    const headers = { ...signed(body), "webhook-signature": written };
    expect(await reasonOf(verifyWebhook(body, headers, secret, { now }))).toBe("hex_signature");
  }
  expect(await reasonOf(verifyWebhook(body, signed(body, { secret: asText }), secret, { now }))).toBe(
    "secret_not_decoded",
  );
});

test.each([
  [301, "too_old"],
  [-301, "too_new"],
])("one sent %d seconds ago is %s, and 300 seconds are tolerated unless told", async (seconds, reason) => {
  const at = (age: number) => () => sentAt + age * 1000;

  expect(await reasonOf(verifyWebhook(body, signed(body), secret, { now: at(seconds) }))).toBe(reason);
  expect(await verifyWebhook(body, signed(body), secret, { now: at(seconds - Math.sign(seconds)) })).toEqual(
    tapEvent,
  );
  const options = { now: at(seconds), toleranceSeconds: 301 };
  expect(await verifyWebhook(body, signed(body), secret, options)).toEqual(tapEvent);
  expect(await reasonOf(verifyWebhook(body, signed(body), secret))).toBe("too_old");
});

test.each([
  ["webhook-id", undefined, "missing_header"],
  ["webhook-signature", "", "missing_header"],
  ["webhook-timestamp", undefined, "missing_header"],
  ["webhook-timestamp", "1700000000000", "malformed_header"],
  ["webhook-timestamp", "2026-11-22", "malformed_header"],
  ["webhook-timestamp", "-5", "malformed_header"],
  ["webhook-signature", "v2,AAAA", "malformed_header"],
  ["webhook-signature", "v1,", "malformed_header"],
  ["webhook-signature", "v1,AAAA", "malformed_header"],
  ["webhook-signature", "v1,!!!!", "malformed_header"],
  ["webhook-signature", `v1,${"A".repeat(43)}=`, "no_match"],
])("a webhook whose %s is %j is refused: %s", async (name, value, reason) => {
  const { [name as "webhook-id"]: _, ...headers } = signed(body);
  const given = value === undefined ? headers : { ...headers, [name]: value };

  expect(await reasonOf(verifyWebhook(body, given, secret, { now }))).toBe(reason);
});

test.each([undefined, "", "whsec_", "whsec_not base64!", "whsec_c2hvcnQ=", []])(
  "what cannot be a secret is refused before anything is believed: %j",
  async (given) => {
    expect(await failure(verifyWebhook(body, signed(body), given as never, { now }))).toBeInstanceOf(
      ConfigurationError,
    );
  },
);

test("a secret may stand without its prefix", () => {
  expect(secretBytes(secret.slice(6))).toEqual(secretBytes(secret));
});

test.each(["null", "[]", '{"type":"x"}', "{"])("what is signed but no event is refused: %s", async (raw) => {
  expect(await reasonOf(verifyWebhook(raw, signed(raw), secret, { now }))).toBe("not_an_event");
});

const request = (raw: BodyInit, headers: Record<string, string>, method = "POST") =>
  new Request("http://localhost/webhooks", { method, headers, ...(method === "POST" ? { body: raw } : {}) });

test("a route gives each event to its handler, and answers 204 when it is done", async () => {
  const heard: unknown[] = [];
  const handle = webhookHandler({
    secret,
    now,
    onTap: (tap, event) => void heard.push([tap.value, event.contactId]),
    onMessage: (content) => void heard.push(content),
    onStatus: ({ status }) => void heard.push(status),
    onConversation: ({ state }) => void heard.push(state),
  });
  const { message: _, ...base } = tapEvent;
  const events: unknown[] = [
    tapEvent,
    { ...tapEvent, message: { ...tapEvent.message, content: { type: "text", text: "Hi" } } },
    { ...base, type: "message.status", messageId: "m", status: "read" },
    { ...base, type: "conversation.state", state: "closed" },
    { ...base, type: "subscription.test" },
  ];
  for (const event of events) {
    const raw = JSON.stringify(event);
    expect((await handle(request(raw, signed(raw)))).status).toBe(204);
  }

  expect(heard).toEqual([["support", contactId], { type: "text", text: "Hi" }, "read", "closed"]);
});

test("a route answers 401 with the reason, 405 and 413, and hands on what a handler throws", async () => {
  const told: unknown[] = [];
  const failing = () => {
    throw new Error("the database is away");
  };
  const options = { secret, now, onTap: failing };
  const telling = {
    ...options,
    onError: (error: unknown, event?: Event) => void told.push([error, event?.id]),
  };

  const refused = await webhookHandler(telling)(request(`${body} `, { ...signed(body), "webhook-id": "x" }));
  const failed = await webhookHandler(telling)(request(body, signed(body)));

  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "invalid_signature", reason: "no_match" });
  expect(failed.status).toBe(500);
  expect(told).toMatchObject([
    [{ code: "invalid_signature" }, undefined],
    [{ message: "the database is away" }, tapEvent.id],
  ]);
  await expect(webhookHandler(options)(request(body, signed(body)))).rejects.toThrow("the database is away");
  expect((await webhookHandler(options)(request("", {}, "GET"))).status).toBe(405);
  expect((await webhookHandler(options)(request("x".repeat(1_048_577), signed(body)))).status).toBe(413);
  expect((await webhookHandler(options)(request("", signed(body)))).status).toBe(401);
});

test("the library takes a signature only with the bytes that were signed, as we do", () => {
  const library = new Webhook(secret);

  expect(() => library.verify(`${body} `, signed(body))).toThrow();
});
