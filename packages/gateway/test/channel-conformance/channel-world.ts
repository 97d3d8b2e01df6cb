import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { type Customer, type StandIn, type StandInWorld, startStandIn } from "@quickcard/emulator/vendors";
import { createClientRegistry, createGateway, openSqliteStore } from "@quickcard/gateway";
import { pino } from "pino";
import { waitUntil } from "../../../../testing/start-gateway.ts";
import type { ChannelAdapter } from "../../src/channels/channel.ts";
import { webChannel } from "../../src/channels/web/web-channel.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/store/store.ts";

export const stores = ["memory", "SQLite"] as const;

/** What one channel brings to the tests that every channel has to pass. */
export interface ChannelCase {
  channel: Contact["channel"];
  /** Of a customer. */
  address: string;
  otherAddress: string;
  wrongAddress: string;
  createStandIn(world: StandInWorld): StandIn;
  createAdapter(settings: { baseUrl: string; now: () => number; standIn: StandIn }): ChannelAdapter;
  /** Tells the vendor where its webhooks go. */
  subscribe(standIn: StandIn, settings: { url: string; vendorUrl: string }): Promise<void>;
  signatureHeader: string;
  /** What the vendor tells of messages. */
  tells: { delivered: boolean; read: boolean; failure: boolean; name: boolean };
  /** What a doubtful send comes to. */
  evidence: "marks" | "retry-key" | "none";
  /** Whether messages have to follow a word of the customer's within 24 hours. */
  hasWindow: boolean;
  /** Lengths of text that make three parts. */
  longText: number;
}

export type FaultyStore = (store: Store) => Store;

/** A gateway that listens, with one channel that leads to its vendor's stand-in. */
export class ChannelWorld {
  readonly standIn: StandIn;
  readonly client: OpenMessagingClient;
  readonly webhookUrl: string;
  readonly vendorUrl: string;
  readonly #clock: { aheadMs: number };
  readonly #case: ChannelCase;
  readonly #close: () => Promise<void>;

  constructor(parts: {
    standIn: StandIn;
    client: OpenMessagingClient;
    webhookUrl: string;
    vendorUrl: string;
    clock: { aheadMs: number };
    channelCase: ChannelCase;
    close: () => Promise<void>;
  }) {
    this.standIn = parts.standIn;
    this.client = parts.client;
    this.webhookUrl = parts.webhookUrl;
    this.vendorUrl = parts.vendorUrl;
    this.#clock = parts.clock;
    this.#case = parts.channelCase;
    this.#close = parts.close;
  }

  customer(address = this.#case.address): Customer {
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

export async function startChannelWorld(
  channelCase: ChannelCase,
  storeKind: (typeof stores)[number],
  faulty: FaultyStore = (store) => store,
): Promise<ChannelWorld> {
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const standIn = channelCase.createStandIn({ now, sleep: () => new Promise((go) => setImmediate(go)) });
  const vendor = await startStandIn(standIn);
  const directory = mkdtempSync(join(tmpdir(), "quickcard-channel-"));
  const store = storeKind === "memory" ? createMemoryStore(now) : openSqliteStore(directory, { now });
  const gateway = createGateway({
    store: faulty(store),
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    channels: [webChannel, channelCase.createAdapter({ baseUrl: vendor.url, now, standIn })],
    deliveryPolicy: { retryBaseMs: 1, retryCapMs: 2, searchBaseMs: 1, searchCapMs: 2, pollMs: 2 },
    now,
    monotonicNow: () => performance.now(),
  });
  const listener = getRequestListener((request) => gateway.fetch(request));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { clientId, clientSecret = "" } = await createClientRegistry(store, now).create({
    name: "test",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
  });
  const webhookUrl = `${baseUrl}/channels/${channelCase.channel}/webhook`;
  await channelCase.subscribe(standIn, { url: webhookUrl, vendorUrl: vendor.url });
  return new ChannelWorld({
    standIn,
    client: new OpenMessagingClient({ baseUrl, clientId, clientSecret }),
    webhookUrl,
    vendorUrl: vendor.url,
    clock,
    channelCase,
    async close() {
      gateway.beginStop();
      await vendor.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
      rmSync(directory, { recursive: true, force: true });
    },
  });
}
