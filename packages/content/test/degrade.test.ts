import { type Content, card, carousel, postback, quickReply, text, webUrl } from "@quickcard/content";
import {
  type ChannelName,
  channelNames,
  type Degraded,
  degrade,
  lint,
  resolveAnswer,
} from "@quickcard/content/channels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samples } from "./channel-samples.ts";

function degraded(...given: Parameters<typeof degrade>): Degraded {
  const result = degrade(...given);
  if (!result.ok) throw new Error(`${result.pointer}: ${result.message}`);
  return result;
}

const codes = ({ notices }: Degraded) => notices.map(({ code }) => code);
const longValues = quickReply("Go on?", [
  { label: "Yes", value: "y".repeat(400) },
  { label: "No", value: "n" },
]);

test("it changes neither what it is given nor, from one call to the next, what it gives", () => {
  for (const [name, content] of Object.entries(samples)) {
    const before = structuredClone(content);
    for (const channel of channelNames) {
      expect(degrade(content, channel), name).toEqual(degrade(structuredClone(content), channel));
    }
    expect(content).toEqual(before);
  }
});

describe("a text that is too long", () => {
  const parts = (content: Content, channel: ChannelName) =>
    degraded(content, channel).messages.map((message) =>
      message.type === "text" ? message.text : message.type,
    );

  test("is divided where a reader would", () => {
    const paragraph = `${"One sentence. ".repeat(80).trim()}`;

    expect(parts(text(`${paragraph}\n\n${paragraph}`), "messenger")).toEqual([paragraph, paragraph]);
    expect(parts(text(`${"word ".repeat(350)}End. ${"more ".repeat(100)}`), "messenger")).toEqual([
      `${"word ".repeat(350)}End.`,
      "more ".repeat(100).trim(),
    ]);
  });

  test("is never divided inside of an emoji or a link", () => {
    const emoji = fc.constantFrom("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇦🇹", "👍🏽", "e\u0301", "❤️");
    const link = fc.nat({ max: 500 }).map((length) => `https://example.com/${"a".repeat(length)}`);
    const piece = fc.oneof(
      emoji,
      link.map((url) => ` ${url} `),
      fc.string({ unit: "grapheme", maxLength: 40 }),
    );
    const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
    const seen = (value: string) =>
      Array.from(graphemes.segment(value), ({ segment }) => segment).filter((one) => one.trim() !== "");

    const written = fc
      .array(piece, { minLength: 40, maxLength: 120 })
      .map((pieces) => pieces.join("").replaceAll("\0", "0"));
    const channels = fc.constantFrom<ChannelName>("instagram", "sms", "messenger");

    fc.assert(
      fc.property(written, channels, (whole, channel) => {
        const shown = parts(text(whole), channel);
        const known = new Set(seen(whole));
        const links = Array.from(whole.matchAll(/https:\/\/example\.com\/a*(?=\s)/g), ([url]) => url);
        expect(links.filter((url) => !shown.some((part) => part.includes(url)))).toEqual([]);
        // In a text message typographic characters are replaced.
        const cut = shown.flatMap(seen).filter((one) => !known.has(one));
        if (channel !== "sms") expect(cut).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("is refused where it holds a link that no message could", () => {
    const link = `https://example.com/${"a".repeat(1_200)}`;

    expect(degrade(text(`See ${link}`), "instagram")).toMatchObject({
      ok: false,
      code: "channel.unsupported",
      pointer: "/text",
    });
    expect(degraded(text(`See ${link}`), "messenger").notices).toEqual([]);
  });
});

describe("the sender's policy", () => {
  const menu = samples["the menu"] as Content;

  test("strict refuses what a customer would see changed, and says where", () => {
    expect(degrade(menu, "whatsapp", { policy: "strict" })).toMatchObject({ ok: true });
    expect(degrade(menu, "sms", { policy: "strict" })).toMatchObject({
      ok: false,
      code: "channel.unsupported",
      message: expect.stringContaining("qr_to_numbered_text"),
    });
  });

  test("strict lets an alias pass, which nobody sees", () => {
    expect(codes(degraded(longValues, "whatsapp", { policy: "strict" }))).toEqual(["payload_aliased"]);
  });

  test("a fallback takes the place of what would be changed, on its channel alone", () => {
    const fallbacks = { sms: text("Call 4711.") };

    expect(degraded(menu, "sms", { fallbacks })).toMatchObject({
      messages: [text("Call 4711.")],
      notices: [{ code: "fallback_used" }],
      answers: [],
    });
    expect(degraded(menu, "messenger", { fallbacks }).messages).toEqual([menu]);
  });

  test("a fallback takes the place of what has no form at all", () => {
    expect(degrade(text(" "), "sms")).toMatchObject({ ok: false });
    expect(degraded(text(" "), "sms", { fallbacks: { sms: text("Hello") } }).messages).toEqual([
      text("Hello"),
    ]);
  });

  test("says up to how many messages a carousel may become", () => {
    const cards = carousel(
      [1, 2, 3, 4].map((index) => ({
        title: `Card ${index}`,
        actions: [webUrl("Open", "https://example.com/")],
      })),
    );

    expect(degraded(cards, "telegram").messages).toHaveLength(1);
    expect(degraded(cards, "telegram", { maxCards: 4 }).messages).toHaveLength(4);
  });
});

describe("an alias", () => {
  test("stands for a value that the channel does not take, and is the same for the same content", () => {
    const { messages, aliases, answers } = degraded(longValues, "whatsapp");
    const [alias = ""] = Object.keys(aliases);

    expect(aliases).toEqual({ [alias]: "y".repeat(400) });
    expect(messages).toMatchObject([{ choices: [{ value: alias }, { value: "n" }] }]);
    expect(answers[0]).toMatchObject({ value: "y".repeat(400), alias });
    expect(degraded(longValues, "telegram").aliases).toEqual(aliases);
  });

  test("begins with what the sender wants, and may stand for every value", () => {
    expect(degraded(longValues, "web", { aliasPrefix: "m4711", aliasAll: true }).aliases).toEqual({
      "m4711.0": "y".repeat(400),
      "m4711.1": "n",
    });
    expect(() => degrade(longValues, "web", { aliasPrefix: "a.b" })).toThrow(TypeError);
  });

  test("is never taken for a value that looks like it", () => {
    const tricky = quickReply("Go on?", [
      { label: "One", value: "x".repeat(400) },
      { label: "Two", value: "m.0" },
    ]);
    const result = degraded(tricky, "telegram", { aliasPrefix: "m" });

    expect(resolveAnswer(result, { payload: "m.0" })?.label).toBe("One");
    expect(resolveAnswer(result, { payload: "m.1" })?.label).toBe("Two");
  });
});

describe("a typed answer", () => {
  const sizes = degraded(
    quickReply("Size?", [
      { label: "Small", value: "s" },
      { label: "Large", value: "l" },
      { label: "Large", value: "xl" },
    ]),
    "sms",
  );

  test.each([
    ["1", "s"],
    [" 2. ", "l"],
    ["(3)", "xl"],
    ["２", "l"],
    ["٣", "xl"],
    ["SMALL", "s"],
    ["small!", "s"],
    ["xl", "xl"],
  ])("%j means %s", (given, value) => {
    expect(resolveAnswer(sizes, { text: given })?.value).toBe(value);
  });

  test.each(["4", "0", "large", "", "something else"])("%j means none, or could be several", (given) => {
    expect(resolveAnswer(sizes, { text: given })).toBeUndefined();
  });

  test("is numbered with letters where labels are numbers", () => {
    const guests = degraded(
      quickReply(
        "How many guests?",
        ["0", "1", "2"].map((label) => ({ label, value: `guests-${label}` })),
      ),
      "sms",
    );

    expect(guests.messages).toEqual([text("How many guests?\n\nA. 0\nB. 1\nC. 2")]);
    expect(resolveAnswer(guests, { text: "1" })?.value).toBe("guests-1");
    expect(resolveAnswer(guests, { text: "b" })?.value).toBe("guests-1");
  });

  test("tells the card and the button that it stands for", () => {
    const cards = carousel([
      { title: "One", actions: [postback("Take it", "one")] },
      { title: "Two", actions: [webUrl("Open", "https://example.com/"), postback("Take it", "two")] },
    ]);
    const result = degraded(cards, "sms");

    expect(resolveAnswer(result, { text: "2" })).toMatchObject({
      value: "two",
      label: "Take it",
      kind: "postback",
      path: "/cards/1/actions/1",
      card: 1,
      choice: 1,
    });
  });
});

describe("a picture that is not at an https: address", () => {
  const image = { url: "http://127.0.0.1/a.png" };
  const shown = (content: Content, channel: ChannelName) =>
    JSON.stringify(degraded(content, channel).messages);
  const pictured: Content[] = [
    card({ title: "Lamp", image, actions: [postback("Take", "lamp")] }),
    carousel([1, 2].map((n) => ({ title: `${n}`, image, actions: [postback("Take", `${n}`)] }))),
    quickReply("Which?", [{ label: "Lamp", value: "lamp", imageUrl: image.url }]),
  ];

  test.each(pictured)("is left out where the channel would refuse the message for it: %j", (content) => {
    expect(shown(content, "line")).not.toContain(image.url);
    expect(degraded(content, "line").notices).not.toEqual([]);
    expect(lint(content, "line")).toContainEqual(expect.objectContaining({ limit: "media.protocol" }));
    expect(shown(content, "messenger")).toContain(image.url);
    expect(lint(content, "messenger").map(({ limit }) => limit)).not.toContain("media.protocol");
  });

  test("is a link where it is all of the message", () => {
    const content: Content = { type: "image", ...image };

    expect(degraded(content, "line").messages).toEqual([{ type: "text", text: image.url }]);
    expect(lint(content, "line")).toMatchObject([{ limit: "media.protocol" }]);
  });
});

test("what a tap on a card returns is a button where a tap does nothing", () => {
  const content = card({
    title: "Offer",
    actions: [postback("No", "no")],
    defaultAction: postback("Take it", "take"),
  });
  const { messages } = degraded(content, "whatsapp");

  expect(messages).toMatchObject([
    { type: "card", actions: [{ payload: "no" }, { title: "Take it", payload: "take" }] },
  ]);
});
