import type { Content } from "@quickcard/content";
import {
  type ChannelName,
  degrade,
  type JsonObject,
  lint,
  type RenderedChannel,
  render,
  renderedChannels,
} from "@quickcard/content/channels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentArbitrary } from "../../../testing/content-arbitrary.ts";
import { samples } from "./channel-samples.ts";

function rendered(content: Content, channel: RenderedChannel): JsonObject[] {
  const degraded = degrade(content, channel);
  return degraded.ok ? degraded.messages.map((message) => render(message, channel)) : [];
}

/** Every sample as the channel is given it, with what was changed; `npm test -- -u` writes the files anew. */
describe.each(renderedChannels)("on %s", (channel) => {
  test("the samples are rendered as the golden file has them", async () => {
    const golden = Object.entries(samples).map(([name, content]) => {
      const degraded = degrade(content, channel);
      const notices = degraded.ok
        ? degraded.notices.map(({ code, path }) => `${code} ${path}`.trim())
        : degraded;
      return [name, { notices, bodies: rendered(content, channel) }];
    });
    const json = JSON.stringify(Object.fromEntries(golden), undefined, 2);
    await expect(`${json}\n`).toMatchFileSnapshot(`golden/${channel}.json`);
  });

  test("whatever was degraded is rendered, as JSON without empty fields", () => {
    fc.assert(
      fc.property(contentArbitrary, (content) => {
        for (const body of rendered(content, channel)) {
          expect(JSON.parse(JSON.stringify(body))).toEqual(body);
          expect(emptyFields(body)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function emptyFields(value: unknown, pointer = ""): string[] {
  if (value === "" || value === undefined) return [pointer];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => emptyFields(part, `${pointer}/${name}`));
}

test.each<[RenderedChannel, Content]>([
  ["sms", { type: "image", url: "https://example.com/a.png" }],
  ["messenger", { type: "location", latitude: 1, longitude: 2 }],
  ["telegram", { type: "carousel", cards: [{ title: "One" }] }],
  ["line", { type: "audio", url: "https://example.com/a.mp3" }],
])(
  "%s refuses to render what it cannot show, and lint said so",
  (channel: RenderedChannel & ChannelName, content) => {
    expect(() => render(content, channel)).toThrow(TypeError);
    expect(lint(content, channel).map(({ severity }) => severity)).toContain("error");
  },
);

test("coordinates go to WhatsApp as decimals, also where they are all but nought", () => {
  expect(render({ type: "location", latitude: 1e-7, longitude: -0.000_01 }, "whatsapp")).toEqual({
    type: "location",
    location: { latitude: "0", longitude: "-0.00001" },
  });
});
