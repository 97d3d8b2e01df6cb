import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { curlCommand } from "../src/reference/curl-command.ts";
import { chaptersOf, type OpenApiDocument, searchChapters } from "../src/reference/openapi-document.ts";
import { sampleOf, samplesOf } from "../src/reference/schema-sample.ts";
import { fieldsOf, limitLabels, resolve, typeLabel, variantsOf } from "../src/reference/schema-shape.ts";

const api = JSON.parse(
  readFileSync(new URL("fixtures/openapi.json", import.meta.url), "utf8"),
) as OpenApiDocument;
const operations = chaptersOf(api).flatMap((chapter) => chapter.operations);
const operation = (id: string) => operations.find(({ operationId }) => operationId === id)!;
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test("operations stand in chapters by their tag, and are found by any of their words", () => {
  expect(chaptersOf(api).map(({ tag, operations: its }) => [tag, its.length])).toEqual([
    ["Tokens", 1],
    ["Messages", 2],
  ]);
  expect(searchChapters(chaptersOf(api), "post MESSAGE").flatMap((chapter) => chapter.operations)).toEqual([
    operation("sendMessage"),
  ]);
});

describe("a schema", () => {
  test("is told in words: its type, what is required first, its forms by name, its limits", () => {
    expect(typeLabel({ type: "array", items: schema("Error") }, api)).toBe("array of Error");
    expect(typeLabel({ type: ["string", "null"], format: "uuid" }, api)).toBe("string or null (uuid)");
    expect(fieldsOf(resolve(schema("Message"), api)).map(({ name }) => name)).toEqual([
      "type",
      "content",
      "metadata",
    ]);
    expect(variantsOf(resolve(schema("Content"), api), api).map(({ name }) => name)).toEqual([
      "text",
      "image",
    ]);
    expect(limitLabels(resolve(schema("Text"), api).properties?.text ?? {})).toEqual([
      "not empty",
      "at most 4,096 characters",
    ]);
    expect(
      limitLabels({ type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 25 }),
    ).toEqual(["at least 1", "default 25"]);
  });

  test("may hold itself", () => {
    expect(JSON.stringify(sampleOf(schema("Error"), api))).toContain('"errors":[]');
    expect(
      resolve(
        { $ref: "#/components/schemas/A" },
        { ...api, components: { schemas: { A: { $ref: "#/A" } } } },
      ),
    ).toEqual({});
  });
});

test("the example of the document comes first, and each other form of a body has one", () => {
  const media = operation("sendMessage").requestBody!.content["application/json"]!;

  expect(samplesOf(media, api)).toEqual([
    { name: "text", value: media.example },
    {
      name: "image",
      value: { type: "message", content: { type: "image", url: "https://example.com/…" }, metadata: {} },
    },
  ]);
});

describe("the curl command", () => {
  const origin = "https://gateway.example";

  test("names what only the reader knows as variables, and quotes the body for a shell", () => {
    expect(curlCommand(operation("sendMessage"), api, origin, { text: "It's here" })).toBe(
      [
        'curl -X POST "https://gateway.example/contacts/$CONTACT_ID/messages"',
        '-H "Authorization: Bearer $TOKEN"',
        '-H "Content-Type: application/json"',
        `-d '{\n  "text": "It'\\''s here"\n}'`,
      ].join(" \\\n  "),
    );
  });

  test("sends the client's credentials and a form where tokens are made, and does not hold a stream back", () => {
    expect(curlCommand(operation("getToken"), api, origin)).toContain(
      `-u "$CLIENT_ID:$CLIENT_SECRET" \\\n  -d 'grant_type=client_credentials'`,
    );
    expect(curlCommand(operation("followMessages"), api, origin)).toContain("--no-buffer");
  });
});
