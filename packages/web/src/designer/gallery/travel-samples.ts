import type { PictureUrl, SampleGroup } from "./sample.ts";

/** Appointments, journeys and places to be. */
export function travelSamples(picture: PictureUrl): SampleGroup {
  return {
    title: "Visits and travel",
    samples: [
      {
        id: "appointment",
        title: "Appointment reminder",
        content: {
          type: "quick-reply",
          title: "Your appointment with Dr Lindqvist is tomorrow, Tuesday, at 9:40. Will you come?",
          choices: [
            { label: "I will come", value: "appointment_confirm" },
            { label: "Another time", value: "appointment_move" },
            { label: "Cancel it", value: "appointment_cancel" },
          ],
        },
      },
      {
        id: "delayed-train",
        title: "Delayed train",
        content: {
          type: "card",
          title: "Your 16:04 to Hamburg is 45 minutes late",
          subtitle:
            "You will miss your connection. The next one is at 19:12, and your ticket is valid on it.",
          image: { url: picture("train.png"), altText: "A train in the evening" },
          actions: [
            { type: "postback", title: "Keep a seat for me", payload: "rebook_1912" },
            { type: "postback", title: "Get a refund", payload: "refund_ticket" },
            { type: "web_url", title: "All connections", url: "https://example.com/connections" },
          ],
        },
      },
      {
        id: "rooms",
        title: "Rooms to choose from",
        content: {
          type: "carousel",
          cards: [
            {
              title: "Room with a garden",
              subtitle: "Double bed, terrace, breakfast · 98 € a night",
              image: { url: picture("garden-room.png"), altText: "A room with a view of a garden" },
              actions: [
                { type: "postback", title: "Book", payload: "book_garden" },
                { type: "web_url", title: "Look around", url: "https://example.com/rooms/garden" },
              ],
            },
            {
              title: "Cabin by the lake",
              subtitle: "Two beds, stove, rowing boat · 124 € a night",
              image: { url: picture("cabin.png"), altText: "A wooden cabin by a lake" },
              actions: [
                { type: "postback", title: "Book", payload: "book_cabin" },
                { type: "web_url", title: "Look around", url: "https://example.com/rooms/cabin" },
              ],
            },
          ],
        },
      },
      {
        id: "shop-place",
        title: "Where to find us",
        content: {
          type: "location",
          latitude: 52.516275,
          longitude: 13.377704,
          name: "Workshop at the gate",
          address: "Pariser Platz 1\n10117 Berlin",
        },
      },
    ],
  };
}
