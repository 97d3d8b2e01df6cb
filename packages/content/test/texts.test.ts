import {
  type Content,
  carousel,
  message,
  postback,
  quickReply,
  validate,
  validateMessage,
} from "@quickcard/content";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";

/** A message with a text in every field that takes one. */
function withTextEverywhere(text: string): unknown {
  return {
    type: "message",
    content: {
      type: "carousel",
      cards: [
        {
          title: text,
          subtitle: text,
          image: { url: "https://example.com/a.png", altText: text },
          actions: [postback(text, text)],
        },
      ],
    },
    metadata: { [text === "__proto__" ? "key" : Array.from(text).slice(0, 30).join("")]: text },
  };
}

function codesOf(text: string): string[] {
  const result = validate({ type: "text", text });
  return result.ok ? [] : result.issues.map(({ code }) => code);
}

test.each([
  ["NUL", "a\0b"],
  ["half of a surrogate pair", "a\ud800b"],
  ["a surrogate pair the wrong way round", "\ude00\ud83d"],
])("refuses text with %s", (_, text) => {
  expect(codesOf(text)).toEqual(["invalid.value"]);
  expect(validateMessage({ ...message({ type: "text", text: "x" }), metadata: { [text]: "x" } }).ok).toBe(
    false,
  );
});

test("counts lengths in UTF-16 code units", () => {
  expect(codesOf("😀".repeat(16_000))).toEqual([]);
  expect(codesOf(`${"😀".repeat(16_000)}x`)).toEqual(["invalid.value"]);
});

test("takes empty text where a field may be left out, and blank text anywhere", () => {
  const valid: Content[] = [
    { type: "text", text: " \n" },
    { type: "image", url: "https://example.com/a.png", altText: "", caption: "" },
    carousel([{ title: "x", subtitle: "" }]),
  ];

  for (const content of valid) expect(validate(content)).toEqual({ ok: true, content });
});

test("never puts the text of a message into an issue", () => {
  const secret = "4111 1111 1111 1111";
  const tooLong = `${secret}\0${"x".repeat(40_000)}`;
  const values = [
    { type: "text", text: tooLong },
    { type: "text", text: [secret] },
    { type: "location", latitude: secret, longitude: 0, name: tooLong },
    { type: "file", url: secret, filename: `/${secret}`, mimeType: secret, caption: tooLong },
    quickReply(tooLong, [
      { label: tooLong, value: secret },
      { label: tooLong, value: secret },
    ]),
    { type: "card", title: 1, actions: [postback(tooLong, secret), postback("x", secret), secret] },
  ];

  for (const value of values) {
    const result = validate(value);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("4111");
  }
});

const unicodeVectors = hasSharedData("vectors/unicode.json")
  ? readSharedJson<{ cases: { name: string; json: string; expect: string }[] }>("vectors/unicode.json").cases
  : [];

describe.skipIf(unicodeVectors.length === 0)("of the Unicode vectors", () => {
  test.each(unicodeVectors)("$name: $expect", ({ json, expect: outcome }) => {
    const text: string = JSON.parse(json);
    const result = validate({ type: "text", text });

    if (outcome === "400") expect(result.ok).toBe(false);
    else expect(result).toEqual({ ok: true, content: { type: "text", text } });
  });
});

test.skipIf(!hasSharedData("corpora/naughty-strings/blns.json"))(
  "keeps the naughty strings as they are, or refuses them",
  () => {
    const strings = readSharedJson<string[]>("corpora/naughty-strings/blns.json");
    const refused = strings.filter((text) => {
      const value = withTextEverywhere(text);
      const result = validateMessage(value);
      if (result.ok) expect(result.message).toEqual(value);
      return !result.ok;
    });

    // Only the empty one: a title must not be empty.
    expect(refused.map((text) => text.length)).toEqual([0]);
  },
);
