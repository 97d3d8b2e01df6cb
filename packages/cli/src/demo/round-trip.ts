import type { Event, InboundMessageEvent, OpenMessagingClient, OutboundMessage } from "@quickcard/client";
import type { Content } from "@quickcard/content";
import { Failure } from "../errors/failure.ts";
import { useClient } from "../gateway/connection.ts";
import { type ChatEvent, DemoCustomer } from "./demo-customer.ts";
import { demoCard, demoMenu } from "./demo-messages.ts";
import type { DemoProgram } from "./demo-program.ts";

/** Tells of a step that is done, by name, with what it found. */
export type TellStep = (step: string, found: string) => void;

interface RoundTrip {
  readonly client: OpenMessagingClient;
  readonly contactId: string;
  readonly customer: DemoCustomer;
  /** What the program hears. */
  readonly heard: AsyncGenerator<Event, void, undefined>;
  /** What the customer's page hears. */
  readonly shown: AsyncGenerator<ChatEvent, void, undefined>;
  readonly tell: TellStep;
}

/**
 * Sends the demo's messages, lets a customer see and tap them over the page's own wire, and checks that the program
 * hears the values.
 * @throws Failure at the first step that does not come out as it must.
 */
export async function playRoundTrip(
  program: DemoProgram,
  gatewayUrl: string,
  signal: AbortSignal,
  tell: TellStep,
): Promise<void> {
  const { credentials, contact } = program;
  // A client waits at its end for what is in flight, and a stream is that until it is aborted.
  const end = new AbortController();
  const untilEnd = AbortSignal.any([signal, end.signal]);
  const customer = new DemoCustomer(contact.chatUrl ?? "", untilEnd);
  await useClient(credentials, async (client) => {
    try {
      const { cursor, contact: seen } = await customer.timeline();
      tell("The customer opens the page", `${seen.displayName}, ${seen.state}`);
      // From the oldest event on: what happens before the stream is open is told all the same.
      const heard = client.events({ after: "0", signal: untilEnd });
      const trip = { client, contactId: contact.id, customer, heard, shown: customer.events(cursor), tell };
      await playMessages(trip, gatewayUrl);
    } finally {
      end.abort();
    }
  });
}

async function playMessages(trip: RoundTrip, gatewayUrl: string): Promise<void> {
  await playMessage(trip, demoMenu(), "dept_sales");
  const { mediaType, size } = await trip.customer.load(`${gatewayUrl}/assets/demo/product.png`);
  check(mediaType.startsWith("image/") && size > 0, `the card's picture is ${mediaType} of ${size} bytes`);
  await playMessage(trip, demoCard(gatewayUrl), "learn_more_product_123");
  const { messages } = await trip.customer.timeline();
  const types = messages.map(({ content }) => content.type).join(", ");
  check(types === "quick-reply, tap, card, tap", `the conversation is ${types}`);
}

/** Sends one message; the customer sees it and taps its first button; the program hears of both. */
async function playMessage(trip: RoundTrip, content: Content, value: string): Promise<void> {
  const { client, contactId, customer, heard, shown, tell } = trip;
  const sent = await client.messages.send(contactId, content);
  tell(`The program sends a ${content.type}`, `message ${sent.id}`);
  await first(
    shown,
    (event) => event.name === "message" && event.data.id === sent.id,
    "the page shows the message",
  );
  await customer.giveReceipt({ status: "read", messageIds: [sent.id] });
  tell("The page shows it", "receipt given");
  await first(heard, (event) => hasRead(event, sent), "the program hears that it was read");
  tell("The program hears", "it was read");
  await customer.tap({ messageId: sent.id, choice: 0 });
  const event = await first(heard, isInbound, "the program hears the tap");
  const { content: tap } = event.message;
  check(
    tap.type === "tap" && tap.value === value && tap.messageId === sent.id,
    "the tap is not what was tapped",
  );
  tell("The customer taps, the program hears", value);
}

function hasRead(event: Event, { id }: OutboundMessage): boolean {
  return event.type === "message.status" && event.messageId === id && event.status === "read";
}

function isInbound(event: Event): event is InboundMessageEvent {
  return event.type === "message.inbound";
}

/** Reads a stream on to the first item that fits, and leaves it open. @throws Failure where it ends before. */
export async function first<Item, Found extends Item>(
  stream: AsyncGenerator<Item, void, undefined>,
  fits: (item: Item) => item is Found,
  what: string,
): Promise<Found>;
export async function first<Item>(
  stream: AsyncGenerator<Item, void, undefined>,
  fits: (item: Item) => boolean,
  what: string,
): Promise<Item>;
export async function first<Item>(
  stream: AsyncGenerator<Item, void, undefined>,
  fits: (item: Item) => boolean,
  what: string,
): Promise<Item> {
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    if (fits(next.value)) return next.value;
  }
  throw roundTripFailure(`the stream ended before ${what}`);
}

/** @throws Failure unless it holds. */
export function check(holds: boolean, otherwise: string): void {
  if (!holds) throw roundTripFailure(otherwise);
}

function roundTripFailure(what: string): Failure {
  return new Failure({
    code: "round_trip_failed",
    message: `The round trip failed: ${what}.`,
    fix: "Build anew and run it again with --debug; if it stays so, report it.",
  });
}
