import type { ConversationMessageContent } from "@quickcard/client/genesys-cloud";
import type { Content } from "@quickcard/content";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentArbitrary } from "../../../testing/content-arbitrary.ts";
import { toReplyMessage } from "../src/genesys-cloud/bots/bot-reply.ts";
import { toInboundAttachment } from "../src/genesys-cloud/telling/inbound-attachment.ts";
import { markedMessageId, transcriptText } from "../src/genesys-cloud/transcript.ts";
import { toOutboundContents } from "../src/genesys-cloud/webhooks/outbound-content.ts";

const https = { allowHttp: false };
const show = (message: { text?: string; content?: ConversationMessageContent[] }) =>
  toOutboundContents(message, https);

/**
 * Messages as Genesys Cloud posts them: shapes from the payloads that GitHub `gildas/go-gcloudcx` 8448e4d captured and from
 * the models of npm `purecloud-platform-client-v2` 262.0.0; the words are ours.
 */
describe("a message of Genesys Cloud is shown", () => {
  test("as text", () => {
    expect(show({ text: "Hi" })).toEqual({ contents: [{ type: "text", text: "Hi" }], lost: [] });
  });

  test("as a picture with its caption, where an agent sends a file, with or without a text", () => {
    const attachment = {
      id: "a1",
      mediaType: "Image",
      url: "https://api-downloads.mypurecloud.ie/api/v2/downloads/1",
      mime: "image/png",
      filename: "a.png",
      contentSizeBytes: 7,
    } as const;
    const content = [{ contentType: "Attachment", attachment }] as const;

    expect(show({ content: [...content] }).contents).toEqual([{ type: "image", url: attachment.url }]);
    expect(show({ text: "Look", content: [...content] }).contents).toEqual([
      { type: "image", url: attachment.url, caption: "Look" },
    ]);
  });

  test.each([
    ["Video", { type: "video" }],
    ["Audio", { type: "audio" }],
    ["File", { type: "file", filename: "a.pdf", mimeType: "application/pdf" }],
    ["Link", { type: "text", text: "https://example.com/a.pdf" }],
  ] as const)("as what a %s is", (mediaType, expected) => {
    const url = "https://example.com/a.pdf";
    const attachment = { mediaType, url, mime: "application/pdf", filename: "a.pdf" };

    const [content] = show({ content: [{ contentType: "Attachment", attachment }] }).contents;

    expect(content).toEqual(mediaType === "Link" ? expected : { ...expected, url });
  });

  test("as one menu, where each quick reply is an element of its own and the text is the question", () => {
    const content = ["Yes", "No"].map((text) => ({
      contentType: "QuickReply" as const,
      quickReply: { text, payload: text.toLowerCase(), action: "Message" as const },
    }));

    expect(show({ text: "Do you want to proceed?", content }).contents).toEqual([
      {
        type: "quick-reply",
        title: "Do you want to proceed?",
        choices: [
          { label: "Yes", value: "yes" },
          { label: "No", value: "no" },
        ],
      },
    ]);
  });

  test("as a menu from the newer form, under its own title", () => {
    const quickReplyV2 = { title: "Size?", actions: [{ text: "S", payload: "s" }] };

    expect(
      show({ text: "Hello", content: [{ contentType: "QuickReplyV2", quickReplyV2 }] }).contents,
    ).toEqual([
      { type: "text", text: "Hello" },
      { type: "quick-reply", title: "Size?", choices: [{ label: "S", value: "s" }] },
    ]);
  });

  const card = {
    title: "Shoes",
    description: "",
    image: "https://example.com/shoes.png",
    actions: [
      { type: "Postback", text: "Buy", payload: "buy-1" },
      { type: "Link", text: "See", url: "https://example.com/shoes" },
    ],
  } as const;
  const ourCard = {
    title: "Shoes",
    image: { url: "https://example.com/shoes.png" },
    actions: [
      { type: "postback", title: "Buy", payload: "buy-1" },
      { type: "web_url", title: "See", url: "https://example.com/shoes" },
    ],
  };

  test("as a card, with the text before it", () => {
    const content: ConversationMessageContent[] = [
      { contentType: "Card", card: { ...card, actions: [...card.actions] } },
    ];

    expect(show({ text: "For you:", content }).contents).toEqual([
      { type: "text", text: "For you:" },
      { type: "card", ...ourCard },
    ]);
  });

  test("as a carousel, which comes without text", () => {
    const cards = [1, 2].map((n) => ({
      title: `Card ${n}`,
      description: "",
      actions: [{ type: "Postback" as const, text: "Take", payload: `take-${n}` }],
    }));

    expect(show({ content: [{ contentType: "Carousel", carousel: { cards } }] }).contents).toMatchObject([
      { type: "carousel", cards: [{ title: "Card 1" }, { title: "Card 2" }] },
    ]);
  });

  test("as quick replies, where it asks for a time or for an item of a list", () => {
    const datePicker = {
      title: "When?",
      subtitle: "We call you",
      availableTimes: [{ duration: 1800, dateTime: "2026-03-01T09:00:00.000Z" }],
    };
    const listPicker = {
      sections: [
        {
          title: "Fruit",
          items: [
            { id: "a", title: "Apple" },
            { id: "b", title: "Pear" },
          ],
        },
      ],
      receivedMessage: { title: "Choose a fruit" },
    };

    expect(show({ content: [{ contentType: "DatePicker", datePicker }] }).contents).toEqual([
      {
        type: "quick-reply",
        title: "When?\nWe call you",
        choices: [{ label: "2026-03-01 09:00 UTC (30 min)", value: "2026-03-01T09:00:00.000Z" }],
      },
    ]);
    expect(show({ content: [{ contentType: "ListPicker", listPicker }] }).contents).toEqual([
      {
        type: "quick-reply",
        title: "Choose a fruit",
        choices: [
          { label: "Apple", value: "a" },
          { label: "Pear", value: "b" },
        ],
      },
    ]);
  });

  test("as text, where it is a template", () => {
    const template = {
      header: { type: "Text" as const, text: "Your order" },
      body: { text: "It comes today.", parameters: [] },
      footer: { text: "The shop" },
    };

    expect(
      show({ text: "It comes today.", content: [{ contentType: "Notification", template }] }).contents,
    ).toEqual([{ type: "text", text: "Your order\nIt comes today.\nThe shop" }]);
  });

  test("as text, where it is too long or its links may not be shown", () => {
    const bad = { ...card, image: "javascript:alert(1)", actions: [...card.actions] };

    const { contents } = show({ content: [{ contentType: "Card", card: bad }] });

    expect(contents).toMatchObject([{ type: "text", text: expect.stringContaining("Shoes") }]);
  });

  test("not at all, where nothing of it can be: then it says what", () => {
    expect(show({ content: [{ contentType: "Reactions" }, { contentType: "Push" }] })).toEqual({
      contents: [],
      lost: ["Reactions", "Push"],
    });
    expect(show({ content: [{ contentType: "Card" }] }).lost).toEqual(["Card"]);
    expect(show({})).toEqual({ contents: [], lost: [] });
  });

  test("whatever is in it: anything comes to valid content or to nothing, and never fails", () => {
    const element = fc.record({
      contentType: fc.constantFrom(
        "Attachment",
        "Card",
        "Carousel",
        "DatePicker",
        "ListPicker",
        "Notification",
        "x",
      ),
      attachment: fc.anything(),
      card: fc.anything(),
      carousel: fc.anything(),
      datePicker: fc.anything(),
      listPicker: fc.anything(),
      template: fc.anything(),
    });
    fc.assert(
      fc.property(fc.array(element), fc.string(), (content, text) => {
        expect(() => show({ text, content: content as ConversationMessageContent[] })).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test("a bot's reply that came from one of our templates is what the template was", () => {
    const same = (content: Content) => show(toReplyMessage(content)).contents;

    fc.assert(
      fc.property(contentArbitrary, (content) => {
        const { type } = content;
        if (type === "location" || type === "carousel") return;
        const [shown] = same(content).slice(-1);
        expect(shown?.type).toBe(type);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the text for agents of a message that a program sent", () => {
  const messageId = "0b2a4c6e-1111-4222-8333-444455556666";

  test("ends with a mark by which it is known, whatever it says", () => {
    fc.assert(
      fc.property(fc.uuid(), contentArbitrary, (id, content) => {
        const text = transcriptText(id, content);
        expect(text.length).toBeLessThanOrEqual(2000);
        expect(markedMessageId(text)).toBe(id);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("shows buttons and pictures as lines", () => {
    const text = transcriptText(messageId, {
      type: "card",
      title: "Shoes",
      subtitle: "Red",
      actions: [
        { type: "postback", title: "Buy", payload: "b" },
        { type: "web_url", title: "See", url: "https://example.com/" },
      ],
    });

    expect(text.split("\n").slice(0, -1)).toEqual([
      "[Card] Shoes",
      "Red",
      "• Buy",
      "• See: https://example.com/",
    ]);
  });

  test("is not what an agent writes", () => {
    for (const text of ["Hello", "(quickcard)", "Hello (quickcard AAAAAAAAAAAAAAAAAAAAAA)", undefined]) {
      expect(markedMessageId(text)).toBeUndefined();
    }
  });
});

test.each([
  [{ type: "audio", mimeType: "audio/ogg; codecs=opus" }, "audio/ogg"],
  [{ type: "image", url: "https://cdn.example/a.PNG?x=.gif" }, "image/png"],
  [{ type: "file", url: "https://cdn.example/1", filename: "bill.pdf" }, "application/pdf"],
  [{ type: "video", url: "https://cdn.example/1" }, "video/mp4"],
  [{ type: "file", url: "https://cdn.example/1", filename: "constructor" }, "application/octet-stream"],
] as const)("of a customer's medium %o Genesys Cloud is told the kind %s", (media, mime) => {
  expect(toInboundAttachment({ url: "https://cdn.example/a", ...media })?.mime).toBe(mime);
});

test("a medium that the channel keeps to itself is no attachment", () => {
  expect(toInboundAttachment({ type: "image", channelMediaId: "7" })).toBeUndefined();
});
