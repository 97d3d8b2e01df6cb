import { setTimeout as sleep } from "node:timers/promises";
import type { OpenMessagingClient } from "@quickcard/client";
import type { Agent, Emulator, Wire } from "@quickcard/emulator";
import { useClient } from "../gateway/connection.ts";
import { type ChatEvent, DemoCustomer } from "./demo-customer.ts";
import { demoCard } from "./demo-messages.ts";
import type { DemoProgram } from "./demo-program.ts";
import { check, first, type TellStep } from "./round-trip.ts";

interface AgentTrip {
  readonly customer: DemoCustomer;
  /** What the customer's page hears. */
  readonly shown: AsyncGenerator<ChatEvent, void, undefined>;
  readonly emulator: Emulator;
  readonly agent: Agent;
  readonly conversationId: string;
  readonly signal: AbortSignal;
  readonly tell: TellStep;
}

/**
 * Lets the customer and an agent of the emulated Genesys Cloud meet in the conversation that the customer's taps have begun,
 * and checks that each sees what the other does, and what the program sends, once.
 *
 * @throws Failure at the first step that does not come out as it must.
 */
export async function playWithAgent(
  { credentials, contact }: DemoProgram,
  { emulator, gatewayUrl }: { emulator: Emulator; gatewayUrl: string },
  signal: AbortSignal,
  tell: TellStep,
): Promise<void> {
  const end = new AbortController();
  const untilEnd = AbortSignal.any([signal, end.signal]);
  const customer = new DemoCustomer(contact.chatUrl ?? "", untilEnd);
  try {
    const { cursor } = await customer.timeline();
    const agent = emulator.agent();
    const { id: conversationId } = await until(() => agent.conversations()[0], untilEnd);
    const shown = customer.events(cursor);
    const trip = { customer, shown, emulator, agent, conversationId, signal: untilEnd, tell };
    await playTalk(trip);
    await playCarousel(trip);
    await useClient(credentials, (client) => playProgramsCard(trip, client, contact.id, gatewayUrl));
  } finally {
    end.abort();
  }
}

async function playTalk({ customer, shown, agent, conversationId, signal, tell }: AgentTrip): Promise<void> {
  await customer.write("Hello");
  await until(() => said(agent, conversationId, "inbound").find(({ text }) => text === "Hello"), signal);
  tell("The customer writes, the agent reads", "Hello");
  agent.answer(conversationId);
  agent.send(conversationId, "How can I help?");
  await first(shown, (event) => hasText(event, "How can I help?"), "the page shows what the agent wrote");
  tell("The agent writes, the page shows", "How can I help?");
}

const carousel: Wire<"ReplyMessage"> = {
  type: "Structured",
  content: [
    {
      contentType: "Carousel",
      carousel: {
        cards: ["Lamp", "Mug"].map((title) => ({
          title,
          actions: [{ type: "Postback", text: `Choose ${title}`, payload: title.toLowerCase() }],
        })),
      },
    },
  ],
};

async function playCarousel(trip: AgentTrip): Promise<void> {
  const { customer, shown, agent, conversationId, signal, tell } = trip;
  agent.sendAsBot(conversationId, carousel);
  const event = await first(shown, isCarousel, "the page shows the bot's carousel");
  tell("The agent's bot sends a carousel, the page shows", `message ${event.data.id}`);
  await customer.tap({ messageId: event.data.id, card: 1, choice: 0 });
  const { payload } = await until(
    () =>
      said(agent, conversationId, "inbound").flatMap(({ content }) => content?.[0]?.buttonResponse ?? [])[0],
    signal,
  );
  check(payload === "mug", `the agent hears of ${payload}, and not of the mug`);
  tell("The customer taps, the agent sees", payload);
}

async function playProgramsCard(
  { customer, shown, emulator, agent, conversationId, signal, tell }: AgentTrip,
  client: OpenMessagingClient,
  contactId: string,
  gatewayUrl: string,
): Promise<void> {
  const { id } = await client.messages.send(contactId, demoCard(gatewayUrl), { signal });
  await first(
    shown,
    (event) => event.name === "message" && event.data.id === id,
    "the page shows the program's card",
  );
  const words = "New Product Launch";
  await until(
    () => said(agent, conversationId, "outbound").find(({ text }) => text?.includes(words)),
    signal,
  );
  tell("The program sends a card, the agent reads its text", words);
  // That text comes back on the gateway's webhook, and must not be shown.
  await emulator.settled();
  const { messages } = await customer.timeline();
  const cards = messages.filter(({ content }) => content.type === "card");
  check(cards.length === 2, `the page shows the card ${cards.length - 1} times`);
}

type Said = Wire<"ConversationNormalizedMessage">;

function said(agent: Agent, conversationId: string, direction: "inbound" | "outbound"): Said[] {
  return agent
    .messages(conversationId)
    .filter((message) => message.direction === direction)
    .map(({ normalizedMessage }) => normalizedMessage);
}

function hasText({ name, data }: ChatEvent, words: string): boolean {
  return name === "message" && "text" in data.content && data.content.text === words;
}

type MessageEvent = Extract<ChatEvent, { name: "message" }>;

function isCarousel(event: ChatEvent): event is MessageEvent {
  return event.name === "message" && event.data.content.type === "carousel";
}

const lookAgainMs = 20;

/** Looks until something is there. */
async function until<Found>(look: () => Found | undefined, signal: AbortSignal): Promise<Found> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(lookAgainMs, undefined, { signal });
  }
}
