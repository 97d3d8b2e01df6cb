import type { Wire } from "../wire/models.ts";

/** A reply that a bot can play, by name. */
export interface CannedReply {
  name: string;
  reply: Wire<"ReplyMessage">;
}

const postback = (text: string, payload: string) => ({ type: "Postback" as const, text, payload });

const card = (title: string, description: string, payload: string) => ({
  title,
  description,
  actions: [
    postback("Choose", payload),
    { type: "Link" as const, text: "More", url: "https://example.com/more" },
  ],
});

/** One of each kind of rich content that bots send over Open Messaging; shapes as `ConversationMessageContent` has them. */
export const cannedReplies: readonly CannedReply[] = [
  { name: "Text", reply: { type: "Text", text: "How can I help?" } },
  {
    name: "Quick replies",
    reply: {
      type: "Structured",
      text: "Do you want to proceed?",
      content: ["Yes", "No"].map((text) => ({
        contentType: "QuickReply",
        quickReply: { text, payload: text.toLowerCase(), action: "Message" },
      })),
    },
  },
  {
    name: "Card",
    reply: {
      type: "Structured",
      content: [{ contentType: "Card", card: card("Walking shoes", "Light, and good in rain", "shoes-1") }],
    },
  },
  {
    name: "Carousel",
    reply: {
      type: "Structured",
      content: [
        {
          contentType: "Carousel",
          carousel: {
            cards: [
              card("Walking shoes", "Light, and good in rain", "carousel-shoes-1"),
              card("Boots", "For the hills", "carousel-boots-1"),
              card("Sandals", "For the beach", "carousel-sandals-1"),
            ],
          },
        },
      ],
    },
  },
  {
    name: "Date picker",
    reply: {
      type: "Structured",
      content: [
        {
          contentType: "DatePicker",
          datePicker: {
            title: "When shall we call?",
            subtitle: "Half an hour each",
            availableTimes: [
              { duration: 1800, dateTime: "2027-01-11T09:00:00.000Z" },
              { duration: 1800, dateTime: "2027-01-11T10:00:00.000Z" },
            ],
          },
        },
      ],
    },
  },
];
