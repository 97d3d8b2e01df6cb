import type { PictureUrl, SampleGroup } from "./sample.ts";

/** Things to look at and to choose. */
export function shopSamples(picture: PictureUrl): SampleGroup {
  return {
    title: "Shop",
    samples: [
      {
        id: "product-card",
        title: "Product card",
        content: {
          type: "card",
          title: "New Product Launch",
          subtitle: "Check out our latest features.",
          image: { url: picture("headphones.png"), altText: "Headphones on a stand" },
          actions: [
            { type: "postback", title: "Learn More", payload: "learn_more_product_123" },
            { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
          ],
        },
      },
      {
        id: "plants",
        title: "Product carousel",
        content: {
          type: "carousel",
          cards: [
            {
              title: "Monstera",
              subtitle: "Bright room, water once a week · 24 €",
              image: { url: picture("monstera.png"), altText: "A Monstera in a clay pot" },
              actions: [{ type: "postback", title: "Put in basket", payload: "basket_monstera" }],
            },
            {
              title: "Cactus trio",
              subtitle: "Full sun, hardly any water · 18 €",
              image: { url: picture("cactus.png"), altText: "Three cacti in small pots" },
              actions: [{ type: "postback", title: "Put in basket", payload: "basket_cactus" }],
            },
            {
              title: "Lavender",
              subtitle: "Balcony, loved by bees · 9 €",
              image: { url: picture("lavender.png"), altText: "Lavender in a window box" },
              actions: [{ type: "postback", title: "Put in basket", payload: "basket_lavender" }],
            },
          ],
        },
      },
      {
        id: "lunch",
        title: "Today's lunch",
        content: {
          type: "carousel",
          cards: [
            {
              title: "Pizza of the day",
              subtitle: "Tomato, basil, burrata · 11.50 €",
              image: { url: picture("pizza.png"), altText: "A pizza with basil" },
              actions: [
                { type: "postback", title: "Order", payload: "order_pizza" },
                { type: "postback", title: "Allergens", payload: "allergens_pizza" },
              ],
            },
            {
              title: "Garden bowl",
              subtitle: "Rice, edamame, carrot, sesame · 9.80 €",
              image: { url: picture("bowl.png"), altText: "A bowl of vegetables" },
              actions: [
                { type: "postback", title: "Order", payload: "order_bowl" },
                { type: "postback", title: "Allergens", payload: "allergens_bowl" },
              ],
            },
          ],
        },
      },
    ],
  };
}
