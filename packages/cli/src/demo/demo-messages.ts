import type { CardContent, QuickReplyContent } from "@quickcard/content";
import { card, postback, quickReply, webUrl } from "@quickcard/content/builders";

/** The menu that the demo sends. */
export function demoMenu(): QuickReplyContent {
  return quickReply("Select a service department:", [
    { label: "Sales", value: "dept_sales" },
    { label: "Support", value: "dept_support" },
    { label: "Billing", value: "dept_billing" },
  ]);
}

/** The product card that the demo sends; its picture comes from the gateway, so that nothing is loaded from outside. */
export function demoCard(gatewayUrl: string): CardContent {
  return card({
    title: "New Product Launch",
    subtitle: "Check out our latest features.",
    image: { url: `${gatewayUrl}/assets/demo/product.png`, altText: "The new product" },
    actions: [
      postback("Learn More", "learn_more_product_123"),
      webUrl("Visit Website", "https://example.com/products/123"),
    ],
  });
}
