import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import {
  type Contact,
  type Content,
  type InboundMessage,
  type Message,
  type MessageRequest,
  OpenMessagingClient,
  type OutboundMessage,
} from "@quickcard/client";
import type { Customer } from "@quickcard/emulator/vendors";
import { createClientRegistry, createGateway } from "@quickcard/gateway";
import { pino } from "pino";
import { listen } from "../../../../testing/listen.ts";
import { waitUntil } from "../../../../testing/start-gateway.ts";
import { webChannel } from "../../src/channels/web/web-channel.ts";
import type { Store } from "../../src/store/store.ts";
import type { ChannelCase, Counterpart } from "./channel-case.ts";
import type { TestClock, TestStore } from "./test-stores.ts";

export type FaultyStore = (store: Store) => Store;

/** A gateway that listens, with one channel that leads to its vendor's stand-in. */
export class ChannelWorld {
  readonly channelCase: ChannelCase;
  readonly standIn: Counterpart;
  readonly client: OpenMessagingClient;
  readonly webhookUrl: string;
  /** The page with the customers' phones, where the counterpart has one. */
  readonly phoneUrl: string | undefined;
  readonly #clock: TestClock;
  readonly #close: () => Promise<void>;

  constructor(parts: {
    channelCase: ChannelCase;
    standIn: Counterpart;
    client: OpenMessagingClient;
    webhookUrl: string;
    phoneUrl: string | undefined;
    clock: TestClock;
    close: () => Promise<void>;
  }) {
    this.channelCase = parts.channelCase;
    this.standIn = parts.standIn;
    this.client = parts.client;
    this.webhookUrl = parts.webhookUrl;
    this.phoneUrl = parts.phoneUrl;
    this.#clock = parts.clock;
    this.#close = parts.close;
  }

  /** The status of a message that has arrived, as far as the channel tells of that. */
  get arrived(): "delivered" | "sent" {
    return this.channelCase.tells.delivered ? "delivered" : "sent";
  }

  customer(address = this.channelCase.address): Customer {
    return this.standIn.customer(address, "Ada");
  }

  advance(milliseconds: number): void {
    this.#clock.aheadMs += milliseconds;
  }

  /** A customer who has written, with the contact that was made of that. */
  async opened(): Promise<{ customer: Customer; contact: Contact }> {
    const customer = this.customer();
    customer.type("Hello");
    const contact = await waitUntil(async () => (await this.client.contacts.list()).entities[0]);
    await this.standIn.settled();
    return { customer, contact };
  }

  /** Sends, and waits until nothing more happens to the message by itself. */
  async sendThrough(
    contact: Contact,
    content: Content | MessageRequest,
    until: readonly string[] = ["sent", "delivered", "read", "failed", "unknown"],
  ): Promise<OutboundMessage> {
    const { id } = await this.client.messages.send(contact.id, content);
    return this.reached(contact, id, until);
  }

  async reached(contact: Contact, id: string, until: readonly string[]): Promise<OutboundMessage> {
    const message = await waitUntil(async () => {
      const found = await this.client.messages.get(contact.id, id);
      return found.direction === "outbound" && until.includes(found.status) ? found : undefined;
    });
    await this.standIn.settled();
    return (await this.client.messages.get(contact.id, message.id)) as OutboundMessage;
  }

  /** Waits for a status while hours pass, so that waits and settling times are over. */
  async hurry(contact: Contact, id: string, status: string): Promise<OutboundMessage> {
    const found = await waitUntil(async () => {
      const message = await this.client.messages.get(contact.id, id);
      if (message.direction !== "outbound") return undefined;
      if (message.status === status) return message;
      // While a request is under way the clock stands still, or its claim would run out.
      if (waiting.includes(message.status)) this.advance(5000);
      return undefined;
    });
    await this.standIn.settled();
    return found;
  }

  async statuses(contact: Contact, id: string): Promise<string[]> {
    const message = (await this.client.messages.get(contact.id, id)) as OutboundMessage;
    return (message.statuses ?? []).map(({ status }) => status);
  }

  async history(contact: Contact): Promise<Message[]> {
    return (await this.client.messages.list(contact.id, { pageSize: 100 })).entities;
  }

  async inbound(contact: Contact): Promise<InboundMessage["content"][]> {
    return (await this.history(contact)).flatMap((one) => (one.direction === "inbound" ? one.content : []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

const waiting: readonly string[] = ["queued", "retry_wait", "ambiguous"];

export async function startChannelWorld(
  channelCase: ChannelCase,
  testStore: TestStore,
  faulty: FaultyStore = (store) => store,
): Promise<ChannelWorld> {
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const vendor = await channelCase.start({ now, sleep: () => new Promise((go) => setImmediate(go)) });
  const { store, remove } = await testStore.open(clock);
  const gateway = createGateway({
    store: faulty(store),
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    channels: [webChannel, vendor.adapter],
    deliveryPolicy: { retryBaseMs: 1, retryCapMs: 2, searchBaseMs: 1, searchCapMs: 2, pollMs: 2 },
    now,
    monotonicNow: () => performance.now(),
  });
  const listener = getRequestListener((request) => gateway.fetch(request));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const { url: baseUrl } = await listen(server);
  const { clientId, clientSecret = "" } = await createClientRegistry(store, now).create({
    name: "test",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
  });
  const webhookUrl = `${baseUrl}/channels/${channelCase.channel}/webhook`;
  await vendor.subscribe(webhookUrl);
  return new ChannelWorld({
    channelCase,
    standIn: vendor.counterpart,
    client: new OpenMessagingClient({ baseUrl, clientId, clientSecret }),
    webhookUrl,
    phoneUrl: vendor.phoneUrl,
    clock,
    async close() {
      gateway.beginStop();
      await vendor.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
      remove();
    },
  });
}
