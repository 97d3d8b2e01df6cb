import type { Content } from "@quickcard/content";
import {
  card,
  carousel,
  file,
  image,
  location,
  postback,
  quickReply,
  text,
  video,
  webUrl,
} from "@quickcard/content";

const products = [
  ["Espresso machine", "15 bar, with a milk frother", "espresso"],
  ["Grinder", "Conical burrs, 40 settings", "grinder"],
  ["Kettle", "Gooseneck, 1 litre", "kettle"],
  ["Scales", "To a tenth of a gram", "scales"],
] as const;

/** Contents that between them come into every form of every channel. */
export const samples: Readonly<Record<string, Content>> = {
  "a text": text("Your order has left the warehouse: https://example.com/orders/4711"),
  "a long text": text(`${"Sentence after sentence says the same. ".repeat(130).trim()} 👩‍👩‍👧‍👦`),
  "typographic text": text("It’s here – “finally” …"),
  "an image with a caption": image("https://example.com/receipt.png", {
    caption: "Your receipt",
    altText: "A receipt",
  }),
  "an audio": { type: "audio", url: "https://example.com/hold.mp3", caption: "Listen" },
  "a video with a thumbnail": video("https://example.com/setup.mp4", {
    thumbnailUrl: "https://example.com/setup.jpg",
  }),
  "a file": file("https://example.com/i/4711.pdf", { filename: "invoice.pdf", mimeType: "application/pdf" }),
  "a place": location({
    latitude: 48.2082,
    longitude: 16.3738,
    name: "Our shop",
    address: "Graben 1, Vienna",
  }),
  "a bare place": location({ latitude: -33.8568, longitude: 151.2153 }),
  "the menu": quickReply("How can we help?", [
    { label: "Billing", value: "billing" },
    { label: "Technical support", value: "support" },
    { label: "Something else", value: "other" },
  ]),
  "six choices with pictures": quickReply(
    "Which size?",
    ["XS", "S", "M", "L", "XL", "XXL"].map((label) => ({
      label,
      value: `size-${label}`,
      imageUrl: `https://example.com/${label}.png`,
    })),
  ),
  "twenty choices": quickReply(
    "Which slot?",
    Array.from({ length: 20 }, (_, index) => ({ label: `Slot ${index + 1}`, value: `slot-${index + 1}` })),
  ),
  "labels that are long or alike": quickReply("What is it about?", [
    { label: "A question about an invoice that I have not paid", value: "unpaid" },
    { label: "Yes", value: "yes" },
    { label: "Yes", value: "yes-again" },
  ]),
  "values that are long": quickReply("Go on?", [
    { label: "Yes", value: "y".repeat(400) },
    { label: "No", value: " no " },
  ]),
  "the product card": card({
    title: "New product launch",
    subtitle: "Check out our latest offering",
    image: { url: "https://example.com/images/product.jpg", altText: "The product" },
    actions: [
      postback("Learn more", "learn_more_123"),
      webUrl("Visit website", "https://example.com/products/123"),
    ],
    defaultAction: webUrl("Open", "https://example.com/products/123"),
  }),
  "a card with one link": card({
    title: "Opening hours",
    actions: [webUrl("See them", "https://example.com/hours")],
  }),
  "a bare card": card({ title: "Nothing but a title" }),
  "a card with six buttons": card({
    title: "Pick one",
    actions: ["One", "Two", "Three", "Four", "Five", "Six"].map((label) =>
      postback(label, label.toLowerCase()),
    ),
  }),
  "a carousel": carousel(
    products.map(([title, subtitle, id]) => ({
      title,
      subtitle,
      image: { url: `https://example.com/${id}.jpg` },
      actions: [postback("Take it", `take-${id}`)],
    })),
  ),
  "a carousel of links": carousel(
    products.map(([title, subtitle, id]) => ({
      title,
      subtitle,
      image: { url: `https://example.com/${id}.jpg` },
      actions: [webUrl("Open", `https://example.com/${id}`)],
    })),
  ),
  "an uneven carousel": carousel([
    {
      title: "With everything",
      subtitle: "Two buttons",
      image: { url: "https://example.com/1.jpg" },
      actions: [postback("Take it", "one"), postback("Keep it", "keep")],
    },
    { title: "With a link", actions: [webUrl("Open", "https://example.com/2")] },
  ]),
  "an uneven carousel of four": carousel(
    products.map(([title, subtitle, id], index) => ({
      title,
      subtitle,
      actions: Array.from({ length: (index % 2) + 1 }, (_, at) => postback(`Take ${at + 1}`, `${id}-${at}`)),
    })),
  ),
  "a carousel of one": carousel([
    { title: "Alone", subtitle: "Still a card", actions: [postback("Take it", "alone")] },
  ]),
};
