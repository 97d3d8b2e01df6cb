import {
  type BulkResult,
  type Contact,
  card,
  type Event,
  type Message,
  type MessageRequest,
  type MessageStatus,
  message,
  NotFoundError,
  OpenMessagingClient,
  type OutboundMessage,
  type Page,
  quickReply,
  SignatureError,
  type SignatureFault,
  text,
  verifyWebhook,
} from "@quickcard/client";

declare const client: OpenMessagingClient;
declare const contact: Contact;
declare function is<Expected>(value: Expected): void;

// What is right compiles.
is<Promise<OutboundMessage>>(client.messages.send("id", text("Hello")));
is<Promise<OutboundMessage>>(client.messages.send("id", message(text("Hello")), { metadata: { a: "b" } }));
is<Promise<OutboundMessage>>(client.messages.send("id", { type: "location", latitude: 1, longitude: 2 }));
is<MessageRequest>(message(card({ title: "Shoes" })));
is<Promise<Page<Message>>>(client.messages.list("id"));
is<AsyncIterable<Message>>(client.messages.listAll("id"));
is<AsyncIterable<Event>>(client.events({ after: "7" }));
void client.messages.send("id", text("Hello"), { idempotencyKey: false, signal: undefined });
new OpenMessagingClient({ token: async () => "t", baseUrl: undefined });
is<Promise<Contact>>(client.contacts.get("an id is plain text"));
is<string>(contact.id);
is<Promise<OutboundMessage>>(client.messages.send(contact.id, text("Hello")));
is<AsyncIterable<BulkResult>>(
  client.messages.sendMany([{ contactId: "id", message: text("Hello"), key: "1" }]),
);
void client.listen({
  onTap: ({ value }) => is<string>(value),
  onStatus: ({ status }) => is<MessageStatus>(status),
});
is<Promise<Event>>(verifyWebhook(new Uint8Array(), new Headers(), ["whsec_old", "whsec_new"]));

// @ts-expect-error a conversation's id in place of a contact's
void client.messages.send(contact.conversationId, text("Hello"));
// @ts-expect-error a row without a message
client.messages.sendMany([{ contactId: "id" }]);
// @ts-expect-error what a customer writes is no tap
void client.listen({ onMessage: (content) => is<string>(content.value) });
// @ts-expect-error a body that was parsed already
void verifyWebhook({ id: "1" }, new Headers(), "whsec_x");

// @ts-expect-error a misspelt type of content
void client.messages.send("id", { type: "quickreply", title: "T", choices: [] });
// @ts-expect-error a card without a title
void client.messages.send("id", { type: "card", subtitle: "S" });
// @ts-expect-error a choice without a value
void client.messages.send("id", { type: "quick-reply", title: "T", choices: [{ label: "A" }] });
// @ts-expect-error a button of no known kind
void client.messages.send("id", { type: "card", title: "T", actions: [{ type: "call", title: "T" }] });
// @ts-expect-error a message of no known kind
void client.messages.send("id", { type: "event", content: text("Hello") });
// @ts-expect-error no content
void client.messages.send("id");
// @ts-expect-error metadata that is not text
void client.messages.send("id", text("Hello"), { metadata: { count: 7 } });
// @ts-expect-error choices that are not a list
quickReply("T", { label: "A", value: "a" });
// @ts-expect-error a state that a contact cannot be put into
void client.contacts.update("id", { state: "queued" });
// @ts-expect-error a channel that there is not
void client.contacts.create({ channel: "fax" });
// @ts-expect-error an option that there is not
new OpenMessagingClient({ token: "t", timeout: 5 });

export async function narrowsWhatIsCaught(error: unknown): Promise<string | undefined> {
  if (NotFoundError.is(error)) {
    is<"not_found">(error.code);
    return error.apiCode;
  }
  if (SignatureError.is(error)) is<SignatureFault>(error.reason);
  for await (const event of client.events()) {
    if (event.type === "message.inbound" && event.message.content.type === "tap")
      is<string>(event.message.content.value);
    // @ts-expect-error only a message's event has a message
    else if (event.type === "conversation.state") is<Message>(event.message);
  }
  return undefined;
}
