import { carousel, OpenMessagingClient, postback, text } from "@quickcard/client";

const trips = [
  { id: "lisbon", city: "Lisbon", nights: 3, price: 310 },
  { id: "oslo", city: "Oslo", nights: 2, price: 280 },
  { id: "rome", city: "Rome", nights: 4, price: 390 },
];

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();
const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });

await client.messages.send(
  contact.id,
  carousel(
    trips.map(({ id, city, nights, price }) => ({
      title: city,
      subtitle: `${nights} nights, ${price} €`,
      // A payload tells the cards apart: each is there once in the whole carousel.
      actions: [postback("Book", `book:${id}`), postback("Tell me more", `more:${id}`)],
    })),
  ),
);
console.log(`The customer's page: ${contact.chatUrl}`);

const booked = new AbortController();
await client.listen({
  signal: booked.signal,
  onTap: async ({ value, card }, { contactId }) => {
    const [what, id] = value.split(":");
    const trip = trips.find((one) => one.id === id);
    if (contactId !== contact.id || !trip) return;
    console.log(`Card ${card} was tapped, which returns ${value}`);
    if (what === "more") {
      await client.messages.send(contactId, text(`${trip.city} is best in spring.`));
      return;
    }
    await client.messages.send(contactId, text(`${trip.city} is booked. Have a good journey!`));
    booked.abort();
  },
});
await client.close();
