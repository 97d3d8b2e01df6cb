import { readFileSync } from "node:fs";
import type { Content } from "@quickcard/content";
import { degrade, type RenderedChannel, render, sources } from "@quickcard/content/channels";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentArbitrary } from "../../../testing/content-arbitrary.ts";

interface Schema {
  $comment: string;
  $defs: Record<string, { $comment: string }>;
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** Two rules of Meta's that JSON Schema has no word for. */
const ajv = new Ajv2020({ strictSchema: true, strictTypes: false, allErrors: true })
  .addKeyword({
    keyword: "maxBytes",
    type: "string",
    schemaType: "number",
    validate: (max: number, text: string) => new TextEncoder().encode(text).length <= max,
  })
  .addKeyword({
    keyword: "uniqueBy",
    type: "array",
    schemaType: "string",
    validate: (pointer: string, items: unknown[]) =>
      new Set(items.map((item) => JSON.stringify(at(item, pointer)))).size === items.length,
  });

function at(value: unknown, pointer: string): unknown {
  const names = pointer.split("/").slice(1);
  return names.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], value);
}

/**
 * Meta publishes no package of types, and an OpenAPI document for a part of WhatsApp alone. What its documents say of a body
 * is written down here as JSON Schema, each rule with its source; `golden/vendor-documents.json` says how sure that is.
 */
const channels = ["whatsapp", "messenger", "instagram"] as const satisfies RenderedChannel[];
const schemas = Object.fromEntries(
  channels.map((channel) => [channel, read(`vendor-schemas/${channel}.json`) as Schema]),
);
const validators = Object.fromEntries(
  channels.map((channel) => [channel, ajv.compile(schemas[channel] ?? {})]),
);

function issuesOf(channel: string, body: unknown): string[] {
  const isValid = validators[channel];
  if (isValid?.(body)) return [];
  return (isValid?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const goldenOf = (channel: string) =>
  Object.values(read(`golden/${channel}.json`) as Record<string, { bodies: unknown[] }>).flatMap(
    ({ bodies }) => bodies,
  );

describe.each(channels)("a body of %s", (channel) => {
  test("is as Meta's documents have it, in every sample", () => {
    const bodies = goldenOf(channel);

    expect(bodies.length).toBeGreaterThan(20);
    for (const body of bodies) expect(issuesOf(channel, body), JSON.stringify(body)).toEqual([]);
  });

  test("is as Meta's documents have it, whatever was sent", () => {
    fc.assert(
      fc.property(contentArbitrary, (content: Content) => {
        const degraded = degrade(content, channel);
        for (const message of degraded.ok ? degraded.messages : []) {
          const body = render(message, channel);
          expect(issuesOf(channel, body), JSON.stringify(body)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("has a source for each rule", () => {
    const { documents } = read("golden/vendor-documents.json")[channel] as { documents: object };
    const { $defs, ...root } = schemas[channel] as Schema;

    for (const [name, { $comment }] of Object.entries({ ...$defs, root })) {
      const named = Object.keys(sources).filter((id) => new RegExp(`\\b${id}\\b`).test($comment));
      expect(named, name).not.toEqual([]);
      expect(Object.keys(documents), name).toEqual(expect.arrayContaining(named));
    }
  });
});

/** Each is made of the first sample that holds what is right. */
const wrongBodies: [channel: string, what: string, right: string, wrong: string][] = [
  ["whatsapp", "a field that there is not", '"link"', '"url"'],
  ["whatsapp", "a coordinate that is a number", '"latitude":"48.2082"', '"latitude":48.2082'],
  [
    "whatsapp",
    "a caption of a recording",
    '"link":"https://example.com/hold.mp3"',
    '"link":"https://example.com/hold.mp3","caption":"x"',
  ],
  ["whatsapp", "the same title twice", '"title":"Technical support"', '"title":"Billing"'],
  ["whatsapp", "a button's title of 21 characters", '"title":"Billing"', `"title":"${"x".repeat(21)}"`],
  ["whatsapp", "spaces around a button's id", '"id":"billing"', '"id":"billing "'],
  ["whatsapp", "a row's id of 201 characters", '"id":"size-XS"', `"id":"${"x".repeat(201)}"`],
  [
    "whatsapp",
    "a card of another type",
    '"card_index":0,"type":"cta_url"',
    '"card_index":0,"type":"quick_reply"',
  ],
  ["whatsapp", "two cards in one place", '"card_index":1', '"card_index":0'],
  [
    "whatsapp",
    "a card without a picture",
    '"header":{"type":"image","image":{"link":"https://example.com/grinder.jpg"}},',
    "",
  ],
  [
    "whatsapp",
    "a card with other buttons than the rest",
    '"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.com/grinder"}}',
    '"action":{"buttons":[{"type":"quick_reply","quick_reply":{"id":"a","title":"A"}}]}',
  ],
  ["messenger", "a field that there is not", '"image_url"', '"imageUrl"'],
  ["messenger", "an attachment of another type", '"type":"file"', '"type":"document"'],
  ["messenger", "a title of 21 characters", '"title":"Billing"', `"title":"${"x".repeat(21)}"`],
  [
    "messenger",
    "a card with nothing but a title",
    ',"buttons":[{"type":"web_url","title":"See them","url":"https://example.com/hours"}]',
    "",
  ],
  ["messenger", "the tap on a card with a title", '"default_action":{', '"default_action":{"title":"Open",'],
  [
    "messenger",
    "a text and an attachment",
    '{"text":"Listen"',
    '{"attachment":{"type":"audio","payload":{"url":"https://example.com/a.mp3"}},"text":"Listen"',
  ],
  [
    "instagram",
    "a picture on a quick reply",
    '"payload":"billing"',
    '"payload":"billing","image_url":"https://example.com/a.png"',
  ],
  ["instagram", "a text of 1,001 bytes", '{"text":"Your receipt"', `{"text":"${"é".repeat(500)}x"`],
  [
    "instagram",
    "a card's title of 81 characters",
    '"title":"Espresso machine"',
    `"title":"${"x".repeat(81)}"`,
  ],
];

test.each(wrongBodies)("on %s, %s is found out", (channel, _, right, wrong) => {
  const body = goldenOf(channel)
    .map((each) => JSON.stringify(each))
    .find((json) => json.includes(right));

  expect(body).toBeDefined();
  expect(issuesOf(channel, JSON.parse(body?.replace(right, wrong) ?? "{}"))).not.toEqual([]);
});
