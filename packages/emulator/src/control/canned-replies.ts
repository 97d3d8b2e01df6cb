import type { Wire } from "../wire/models.ts";

/** A reply that a bot can play, by name. */
export interface CannedReply {
  name: string;
  reply: Wire<"ReplyMessage">;
}

const postback = (text: string, payload: string) => ({ type: "Postback" as const, text, payload });

const products = {
  lamp: {
    title: "Desk lamp",
    description: "Warm light, and an arm that stays where you put it",
    picture: "product.png",
  },
  mug: { title: "Mug", description: "Stoneware, holds 350 ml", picture: "mug.png" },
  plant: { title: "Plant", description: "Wants water once a week", picture: "plant.png" },
} as const;

/** One of each kind of rich content that bots send over Open Messaging; shapes as `ConversationMessageContent` has them. */
export function cannedReplies(origin: string): CannedReply[] {
  const card = (name: keyof typeof products, prefix = "") => {
    const { title, description, picture } = products[name];
    return {
      title,
      description,
      image: `${origin}/assets/demo/${picture}`,
      actions: [
        postback("Choose", `${prefix}${name}-1`),
        { type: "Link" as const, text: "More", url: "https://example.com/more" },
      ],
    };
  };
  return [
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
      reply: { type: "Structured", content: [{ contentType: "Card", card: card("lamp") }] },
    },
    {
      name: "Carousel",
      reply: {
        type: "Structured",
        content: [
          {
            contentType: "Carousel",
            carousel: {
              cards: [card("lamp", "carousel-"), card("mug", "carousel-"), card("plant", "carousel-")],
            },
          },
        ],
      },
    },
    datePicker,
  ];
}

const datePicker: CannedReply = {
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
};
