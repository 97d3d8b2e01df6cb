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
const right = signed(body)["webhook-signature"].slice("v1,".length);

async function refusalOf(verifying: Promise<unknown>): Promise<SignatureError> {
  const error = await failure(verifying);
  expect(SignatureError.is(error) && error.code).toBe("invalid_signature");
  expect(error.fix).not.toBe("");
  expect(`${error.message} ${error.fix}`).not.toContain(secret.slice(6));
  return error as SignatureError;
}

async function reasonOf(verifying: Promise<unknown>): Promise<string> {
  return (await refusalOf(verifying)).reason;
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
});

test("one that no secret fits is refused, and told of how many secrets were tried", async () => {
  const [first, second] = [randomBytes(32), randomBytes(32)].map((key) => `whsec_${key.toString("base64")}`);

  expect(await refusalOf(verifyWebhook(body, signed(body), `${first}`, { now }))).toMatchObject({
    reason: "no_match",
    message: "No signature of the webhook fits the secret",
  });
  expect(
    await refusalOf(verifyWebhook(body, signed(body), [`${first}`, `${second}`], { now })),
  ).toMatchObject({ reason: "no_match", message: "No signature of the webhook fits any of the 2 secrets" });
});

test("several signatures are tried, also those of a header that was sent twice, but no more than eight", async () => {
  const { "webhook-signature": right, ...headers } = signed(body);
  const wrong = `v1,${"A".repeat(43)}=`;
  const verify = (signature: string | string[]) =>
    verifyWebhook(body, { ...headers, "webhook-signature": signature }, secret, { now });

  expect(await verify(`${`${wrong} `.repeat(7)}${right}`)).toEqual(tapEvent);
  expect(await verify([right, wrong])).toEqual(tapEvent);
  expect(await verify(`v1a,AAAA v1,AAAA ${right}`)).toEqual(tapEvent);
  expect(await reasonOf(verify(`${`${wrong} `.repeat(8)}${right}`))).toBe("no_match");
});

test("a body that was parsed and written again is named as that", async () => {
  const pretty = JSON.stringify(tapEvent, undefined, 2);

  const spaced = `${body.slice(0, -1)} }`;
  const changes = [
    [pretty, body],
    [body, pretty],
    [`${body}\n`, body],
    [`${spaced}\n`, spaced],
    [spaced, `${spaced}\n`],
    ["no JSON\n", "no JSON"],
    ["no JSON", "no JSON\n"],
  ] as const;
  for (const [received, sent] of changes) {
    expect(await refusalOf(verifyWebhook(received, signed(sent), secret, { now }))).toMatchObject({
      reason: "body_changed",
      message: expect.stringContaining("parsed and written again"),
      fix: expect.stringContaining("express.raw()"),
    });
  }
  const parsed = await failure(verifyWebhook(tapEvent as never, signed(body), secret));
  expect(parsed).toBeInstanceOf(InvalidArgumentError);
  expect(parsed).toMatchObject({ argument: "rawBody", message: expect.stringContaining("has parsed it") });
});

test("a signature in hex, and one made with the secret's text, are named as that", async () => {
  const hex = Buffer.from(right, "base64").toString("hex");

  for (const written of [hex, `v1,${hex}`, `sha256=${hex}`, `v2,AAAA ${hex.toUpperCase()}`]) {
    const headers = { ...signed(body), "webhook-signature": written };
    expect(await refusalOf(verifyWebhook(body, headers, secret, { now }))).toMatchObject({
      reason: "hex_signature",
      message: "webhook-signature is written in hex, and must be base64",
    });
  }
  for (const longer of [`${hex}0`, `0${hex}`, `v1,0${hex}`]) {
    const headers = { ...signed(body), "webhook-signature": longer };
    expect(await reasonOf(verifyWebhook(body, headers, secret, { now }))).toBe("malformed_header");
  }
  for (const given of [secret, secret.slice(6)]) {
    const text = `whsec_${Buffer.from(given).toString("base64")}`;
    expect(
      await refusalOf(verifyWebhook(body, signed(body, { secret: text }), secret, { now })),
    ).toMatchObject({
      reason: "secret_not_decoded",
      message: expect.stringContaining("with the text of the secret"),
      fix: expect.stringContaining("decode what follows whsec_"),
    });
  }
});

test.each([
  [301, "too_old", "301 s ago"],
  [-301, "too_new", "301 s ahead of this clock"],
])(
  "one sent %d seconds ago is %s, and 300 seconds are tolerated unless told",
  async (seconds, reason, when) => {
    const at = (age: number) => () => sentAt + age * 1000;

    expect(await refusalOf(verifyWebhook(body, signed(body), secret, { now: at(seconds) }))).toMatchObject({
      reason,
      message: `The webhook was sent ${when}, and 300 s are tolerated`,
    });
    expect(
      await verifyWebhook(body, signed(body), secret, { now: at(seconds - Math.sign(seconds)) }),
    ).toEqual(tapEvent);
    const options = { now: at(seconds), toleranceSeconds: 301 };
    expect(await verifyWebhook(body, signed(body), secret, options)).toEqual(tapEvent);
    expect(await reasonOf(verifyWebhook(body, signed(body), secret))).toBe("too_old");
  },
);

test.each([
  ["webhook-id", undefined, "missing_header", "The webhook has no webhook-id"],
  ["webhook-signature", "", "missing_header", "The webhook has no webhook-signature"],
  ["webhook-timestamp", undefined, "missing_header", "The webhook has no webhook-timestamp"],
  ["webhook-timestamp", "1700000000000", "malformed_header", "webhook-timestamp is in milliseconds"],
  ["webhook-timestamp", "17000000000000", "malformed_header", "webhook-timestamp is no time"],
  ["webhook-timestamp", "1700000000000x", "malformed_header", "webhook-timestamp is no time"],
  ["webhook-timestamp", "x1700000000", "malformed_header", "webhook-timestamp is no time"],
  ["webhook-timestamp", "1700000000x", "malformed_header", "webhook-timestamp is no time"],
  ["webhook-timestamp", "-5", "malformed_header", "webhook-timestamp is no time"],
  ["webhook-signature", "v2,AAAA", "malformed_header", "webhook-signature holds none of version v1"],
  ["webhook-signature", `v2,${right}`, "malformed_header", "webhook-signature holds none of version v1"],
  ["webhook-signature", "v1,", "malformed_header", "webhook-signature is not the base64 of 32 bytes"],
  ["webhook-signature", "v1,AAAA", "malformed_header", "webhook-signature is not the base64 of 32 bytes"],
  ["webhook-signature", "v1,!!!!", "malformed_header", "webhook-signature is not the base64 of 32 bytes"],
  ["webhook-signature", `v1,${"A".repeat(43)}=`, "no_match", "No signature of the webhook fits the secret"],
])("a webhook whose %s is %j is refused: %s", async (name, value, reason, message) => {
  const { [name as "webhook-id"]: _, ...headers } = signed(body);
  const given = value === undefined ? headers : { ...headers, [name]: value };

  const error = await refusalOf(verifyWebhook(body, given, secret, { now }));

  expect(error.reason).toBe(reason);
  expect(error.message.replace("The webhook's header ", "")).toBe(message);
});

test("a request that is no webhook is told of all that it lacks", async () => {
  const error = await refusalOf(verifyWebhook(body, {}, secret, { now }));

  expect(error.message).toBe("The webhook has no webhook-id, no webhook-timestamp, no webhook-signature");
});

const shortSecret = `whsec_${Buffer.alloc(23).toString("base64")}`;

test.each([
  [undefined, "is not set"],
  ["", "is not set"],
  [[], "is not set"],
  [7, "is not set"],
  ["whsec_", "is not base64"],
  ["whsec_not base64!", "is not base64"],
  ["whsec_AAAAA", "is not base64"],
  [secret.replace("_", "_ "), "is not base64"],
  [`${secret}\n`, "is not base64"],
  [shortSecret, "has less than 24 bytes"],
])("what cannot be a secret is refused before anything is believed: %j", async (given, fault) => {
  const error = await failure(verifyWebhook(body, signed(body), given as never, { now }));

  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({ option: "secret", message: `The webhook's \`secret\` ${fault}` });
  expect(error.fix).toContain("whsec_ and base64");
});

test("a secret may stand without its prefix", () => {
  expect(secretBytes(secret.slice(6))).toEqual(secretBytes(secret));
});

test.each(["null", "[]", '{"type":"x"}', '{"id":"x"}', "{"])(
  "what is signed but no event is refused: %s",
  async (raw) => {
    expect(await refusalOf(verifyWebhook(raw, signed(raw), secret, { now }))).toMatchObject({
      reason: "not_an_event",
      message: "The webhook is signed, but its body is not an event",
    });
  },
);

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
