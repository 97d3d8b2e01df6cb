/** What every contestant sends, and as whom. */
export const path = "/api/v2/conversations/messaging/contacts/6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11/messages";
export const contactId = "6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11";
export const token = "a-token-of-some-length-such-as-servers-give-out-0123456789";
export const content = {
  type: "quick-reply",
  title: "Your order has left our warehouse. May we leave it with a neighbour?",
  choices: [
    { label: "Yes", value: "neighbour-yes" },
    { label: "No", value: "neighbour-no" },
  ],
};
export const message = { type: "message", content };
/** As a program would write them by hand. */
export const headers = {
  authorization: `Bearer ${token}`,
  accept: "application/json",
  "content-type": "application/json",
};
