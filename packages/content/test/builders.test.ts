import { readFileSync } from "node:fs";
import * as content from "@quickcard/content";
import {
  audio,
  card,
  carousel,
  file,
  image,
  location,
  message,
  postback,
  quickReply,
  text,
  video,
  webUrl,
} from "@quickcard/content/builders";
import { expect, test } from "vitest";

const url = "https://example.com/a";

test.each([
  [text("Hello"), { type: "text", text: "Hello" }],
  [image(url), { type: "image", url }],
  [image(url, { altText: "a", caption: "b" }), { type: "image", url, altText: "a", caption: "b" }],
  [audio(url, { caption: "b" }), { type: "audio", url, caption: "b" }],
  [video(url, { thumbnailUrl: url }), { type: "video", url, thumbnailUrl: url }],
  [
    file(url, { filename: "a.pdf", mimeType: "application/pdf" }),
    { type: "file", url, filename: "a.pdf", mimeType: "application/pdf" },
  ],
  [
    location({ latitude: 48.2, longitude: 16.37, name: "Vienna" }),
    { type: "location", latitude: 48.2, longitude: 16.37, name: "Vienna" },
  ],
  [
    quickReply("Which?", [{ label: "A", value: "a" }]),
    { type: "quick-reply", title: "Which?", choices: [{ label: "A", value: "a" }] },
  ],
  [
    card({ title: "x", actions: [postback("More", "more"), webUrl("Visit", url)] }),
    {
      type: "card",
      title: "x",
      actions: [
        { type: "postback", title: "More", payload: "more" },
        { type: "web_url", title: "Visit", url },
      ],
    },
  ],
  [
    carousel([card({ title: "x" }), { title: "y", subtitle: "z" }]),
    { type: "carousel", cards: [{ title: "x" }, { title: "y", subtitle: "z" }] },
  ],
])("builds %j", (built, expected) => {
  expect(built).toStrictEqual(expected);
  expect(content.validate(built)).toEqual({ ok: true, content: expected });
  expect(Object.keys(built)[0]).toBe("type");
});

test("builds the whole body of a send", () => {
  expect(message(text("Hello"))).toStrictEqual({ type: "message", content: { type: "text", text: "Hello" } });
  expect(message(text("Hello"), { metadata: { order: "7" } })).toStrictEqual({
    type: "message",
    content: { type: "text", text: "Hello" },
    metadata: { order: "7" },
  });
});

test("leaves out the fields that hold undefined", () => {
  expect(image(url, { caption: undefined })).toStrictEqual({ type: "image", url });
  expect(message(text("x"), { metadata: undefined })).toStrictEqual({ type: "message", content: text("x") });
});

test("keeps a copy of what it is given", () => {
  const choices = [{ label: "A", value: "a" }];
  const built = quickReply("Which?", choices);

  choices[0] = { label: "B", value: "b" };
  choices.push({ label: "C", value: "c" });

  expect(built.choices).toEqual([{ label: "A", value: "a" }]);
});

test("keeps metadata named as what every object has", () => {
  const metadata = JSON.parse('{ "__proto__": "x", "constructor": "y" }');

  expect(JSON.stringify(message(text("x"), { metadata }).metadata)).toBe(JSON.stringify(metadata));
});

test("are exported by the package's main entry too", async () => {
  expect(content).toMatchObject(await import("@quickcard/content/builders"));
});

test("import nothing, so that a program that only builds starts at once", () => {
  const source = readFileSync(new URL("../src/builders.ts", import.meta.url), "utf8");

  expect(source.match(/^import (?!type )/gm)).toBeNull();
});
