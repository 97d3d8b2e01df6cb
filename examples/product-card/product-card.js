import { card, OpenMessagingClient, postback, webUrl } from "@quickcard/client";

/** A product as a shop's own database has it. */
const products = [
  { sku: "RUN-42", name: "Trail runner", price: 119, stock: 3, page: "https://shop.example/run-42" },
  { sku: "HIKE-40", name: "Hiking boot", price: 179, stock: 0, page: "https://shop.example/hike-40" },
  { sku: "SAND-41", name: "River sandal", price: 59, stock: 12, page: "https://shop.example/sand-41" },
];

/** @param {typeof products[number]} product */
function productCard({ sku, name, price, stock, page }) {
  const isThere = stock > 0;
  return card({
    title: name,
    subtitle: `${price} €, ${isThere ? `${stock} in stock` : "sold out"}`,
    image: { url: `https://shop.example/images/${sku}.jpg`, altText: name },
    actions: [
      isThere
        ? postback("Put it in my basket", `basket:${sku}`)
        : postback("Tell me when it is back", `notify:${sku}`),
      webUrl("Look at it", page),
    ],
  });
}

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();
const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });

for (const product of products) {
  const { id, notices } = await client.messages.send(contact.id, productCard(product), {
    metadata: { sku: product.sku },
  });
  console.log(`Sent ${product.sku} as message ${id}`);
  // What the customer's channel cannot show is changed, and said.
  for (const { message } of notices) console.log(`  changed: ${message}`);
}
console.log(`The customer's page: ${contact.chatUrl}`);
await client.close();
