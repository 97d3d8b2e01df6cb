import type { PictureUrl, SampleGroup } from "./sample.ts";

/** What a customer hears between buying and having. */
export function orderSamples(picture: PictureUrl): SampleGroup {
  return {
    title: "Orders",
    samples: [
      {
        id: "parcel",
        title: "Parcel on its way",
        content: {
          type: "card",
          title: "Your parcel is on its way",
          subtitle: "Order 20481 · arrives tomorrow, between 10 and 12 h",
          image: { url: picture("parcel.png"), altText: "A parcel on a doorstep" },
          actions: [
            { type: "web_url", title: "Follow it", url: "https://example.com/parcels/20481" },
            { type: "postback", title: "Change the day", payload: "parcel_20481_change_day" },
          ],
        },
      },
      {
        id: "delivery-window",
        title: "Time of delivery",
        content: {
          type: "quick-reply",
          title: "When may we deliver your new washing machine on Thursday?",
          choices: [
            { label: "8 – 10 h", value: "slot_08" },
            { label: "10 – 12 h", value: "slot_10" },
            { label: "12 – 14 h", value: "slot_12" },
            { label: "14 – 16 h", value: "slot_14" },
            { label: "16 – 18 h", value: "slot_16" },
            { label: "18 – 20 h", value: "slot_18" },
            { label: "Another day", value: "slot_other_day" },
          ],
        },
      },
      {
        id: "invoice",
        title: "Invoice",
        content: {
          type: "file",
          url: "https://example.com/invoices/2026-1187.pdf",
          filename: "Invoice 2026-1187.pdf",
          mimeType: "application/pdf",
          caption: "Here is your invoice for November: 84.50 €, due on 15 December.",
        },
      },
      {
        id: "payment",
        title: "Payment reminder",
        content: {
          type: "card",
          title: "84.50 € are due on Friday",
          subtitle: "Invoice 2026-1187. If you have paid in the meantime, let us know with one tap.",
          actions: [
            { type: "web_url", title: "Pay now", url: "https://example.com/pay/2026-1187" },
            { type: "postback", title: "I have paid", payload: "invoice_2026-1187_paid" },
            { type: "postback", title: "I need more time", payload: "invoice_2026-1187_more_time" },
          ],
        },
      },
    ],
  };
}
