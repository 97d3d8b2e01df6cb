import type { Content } from "@quickcard/content";

/** One message of each of the nine types, and a text before; pictures lie on the given origin. */
export function sampleConversation(origin: string): Content[] {
  const image = { url: `${origin}/assets/demo/product.png`, altText: "A desk lamp beside books and a cup" };
  return [
    {
      type: "text",
      text: "Hello Ada, thanks for getting in touch.\nYour order #20417 is packed: https://example.com/orders/20417.",
    },
    { type: "image", ...image, caption: "This is how it looks on a desk." },
    { type: "audio", url: "https://media.example/greeting.wav", caption: "A greeting from the workshop" },
    {
      type: "video",
      url: "https://media.example/assembly.mp4",
      thumbnailUrl: image.url,
      caption: "How to put it together, in two minutes",
    },
    {
      type: "file",
      url: "https://media.example/manual.pdf",
      filename: "Aria desk lamp – manual.pdf",
      mimeType: "application/pdf",
    },
    {
      type: "location",
      latitude: 52.516275,
      longitude: 13.377704,
      name: "Showroom Berlin",
      address: "Pariser Platz 1, 10117 Berlin",
    },
    {
      type: "card",
      title: "Aria desk lamp",
      subtitle: "Warm light, two joints, made to be repaired.",
      image,
      actions: [
        { type: "postback", title: "Learn more", payload: "learn_more_product_123" },
        { type: "web_url", title: "Visit website", url: "https://example.com/products/123" },
      ],
    },
    {
      type: "carousel",
      cards: ["Aria", "Bruno", "Carla", "Dario"].map((name, index) => ({
        title: `${name} desk lamp`,
        subtitle:
          index === 1
            ? "With a clamp for the edge of the table, and a cable of three metres."
            : "From 79 euro",
        image: {
          url: index === 2 ? `${origin}/assets/missing.png` : image.url,
          altText: `${name}, a desk lamp`,
        },
        actions: [
          { type: "postback", title: "Choose", payload: `choose_${name}` },
          { type: "web_url", title: "See it", url: `https://example.com/lamps/${index}` },
        ],
      })),
    },
    {
      type: "quick-reply",
      title: "How can we help you today?",
      choices: [
        { label: "Billing", value: "billing_inquiry" },
        { label: "Technical Support", value: "tech_support" },
        { label: "Speak to Agent", value: "transfer_to_agent" },
      ],
    },
  ];
}
