import { ConnectionError, RateLimitError } from "@quickcard/client";
import type { MessageData, OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import type { Cloud } from "../../src/genesys-cloud/cloud.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** When the webhook of our own text comes, beside the answer to the request that sent it. */
export type EchoOrder = "before" | "after" | "instead";

/** How often what goes wrong. */
export interface CloudFaults {
  /** The request never leaves. */
  refused: number;
  /** It is carried out, and no answer comes. */
  answerLost: number;
  /** It is carried out only after its caller has given up. */
  late: number;
  /** It is not carried out, and nobody can tell. */
  requestLost: number;
  rateLimited: number;
  readFails: number;
  duplicateWebhook: number;
}

export const noFaults: CloudFaults = {
  refused: 0,
  answerLost: 0,
  late: 0,
  requestLost: 0,
  rateLimited: 0,
  readFails: 0,
  duplicateWebhook: 0,
};

interface Settings {
  time: VirtualTime;
  random: Random;
  faults: CloudFaults;
  echo: EchoOrder;
  /** How long after the caller gave up a late request may still be carried out. */
  latestMs: number;
  /** Posts to the gateway's webhook. */
  post: (message: OpenOutboundNormalizedMessage) => void;
}

const facts = { message: "It failed.", fix: "Mend it." };

/** One conversation for each contact, whose order is that in which requests were carried out. */
export class SimulatedCloud implements Cloud {
  readonly #settings: Settings;
  readonly #conversations = new Map<string, MessageData[]>();
  readonly receipts: { id: string; status: string }[] = [];
  #ids = 0;
  faults: CloudFaults;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.faults = settings.faults;
  }

  /** What agents read of a contact. */
  transcript(contactId: string): MessageData[] {
    return this.#conversations.get(conversationOf(contactId)) ?? [];
  }

  readonly openMessaging: Cloud["openMessaging"] = {
    receiveMessage: (_, { channel, text = "" }) =>
      this.#write(() => {
        this.#keep(channel.from.id, {
          direction: "inbound",
          providerMessageId: channel.messageId ?? "",
          text,
        });
        return { channel, type: "Text", conversationId: conversationOf(channel.from.id) } as never;
      }),
    receiveStructuredResponse: (_, { channel, buttonResponse }) =>
      this.#write(() => {
        const { payload: text } = buttonResponse;
        this.#keep(channel.from.id, {
          direction: "inbound",
          providerMessageId: channel.messageId ?? "",
          text,
        });
        return {} as never;
      }),
    receiveReceipt: (_, { id, status }) =>
      this.#write(() => {
        this.receipts.push({ id, status });
        return { status } as never;
      }),
    receiveEvent: async () => ({}) as never,
  };

  readonly messages: Cloud["messages"] = {
    sendAgentless: ({ toAddress = "", textBody: text = "" }) => {
      const { echo, random, time } = this.#settings;
      const sent = () => {
        const message = this.#keep(toAddress, { direction: "outbound", text });
        const delayMs = echo === "before" ? 0 : random.integer(100, 20_000);
        time.schedule(delayMs, () => this.#webhook(toAddress, message));
        return { id: `agentless-${message.id}`, message } as never;
      };
      return echo === "instead" ? this.#withoutAnswer(sent) : this.#write(sent);
    },
    getBulk: (conversationId, ids) =>
      this.#read(() => {
        const all = this.#conversations.get(conversationId) ?? [];
        return { entities: all.filter(({ id = "" }) => ids.includes(id)) };
      }),
  };

  readonly conversations: Cloud["conversations"] = {
    get: (conversationId) =>
      this.#read(() => {
        const messages = (this.#conversations.get(conversationId) ?? []).map(({ id = "", timestamp }) => ({
          messageId: id,
          messageTime: timestamp,
        }));
        const side = { state: "connected" as const, messages };
        return { startTime: "", participants: [{ purpose: "customer", messages: [side] }] };
      }),
    disconnect: () => this.#write(() => undefined),
    queryDetails: ({ segmentFilters }) =>
      this.#read(() => {
        const contactId = String((segmentFilters as never as Filter[])[0]?.predicates[0]?.value);
        const conversationId = conversationOf(contactId);
        return { conversations: this.#conversations.has(conversationId) ? [{ conversationId }] : [] };
      }),
  };

  /** An agent writes. */
  agentSays(contactId: string, text: string): void {
    this.#webhook(contactId, this.#keep(contactId, { direction: "outbound", text }));
  }

  #keep(
    contactId: string,
    { text, ...more }: Pick<MessageData, "direction" | "providerMessageId"> & { text: string },
  ): MessageData {
    this.#ids += 1;
    const id = `remote-${this.#ids}`;
    const message: MessageData = {
      id,
      ...more,
      timestamp: new Date(this.#settings.time.now).toISOString(),
      status: "sent",
      normalizedMessage: { id, type: "Text", text, channel: { id: "integration" } },
      conversationId: conversationOf(contactId),
    };
    const conversationId = conversationOf(contactId);
    this.#conversations.set(conversationId, [...(this.#conversations.get(conversationId) ?? []), message]);
    return message;
  }

  #webhook(contactId: string, { id = "", normalizedMessage, timestamp }: MessageData): void {
    const { random, time, post } = this.#settings;
    const from = { id: "integration", idType: "Opaque" } as const;
    const message: OpenOutboundNormalizedMessage = {
      id,
      channel: { id: "integration", to: { id: contactId }, from, time: timestamp },
      type: "Text",
      text: normalizedMessage?.text ?? "",
      direction: "Outbound",
      originatingEntity: "Human",
      conversationId: conversationOf(contactId),
    };
    post(message);
    if (random.chance(this.faults.duplicateWebhook)) {
      time.schedule(random.integer(1, 20_000), () => post(message));
    }
  }

  async #write<Answer>(apply: () => Answer): Promise<Answer> {
    const { random, time, latestMs } = this.#settings;
    const { faults } = this;
    await this.#wait(random.integer(1, 200));
    if (random.chance(faults.refused)) throw unsent();
    if (random.chance(faults.rateLimited)) throw limited();
    if (random.chance(faults.requestLost)) return this.#noAnswer();
    if (random.chance(faults.late)) {
      time.schedule(this.#timeoutMs() + random.integer(0, latestMs), apply);
      return this.#noAnswer();
    }
    const answer = apply();
    if (random.chance(faults.answerLost)) return this.#noAnswer();
    await this.#wait(random.integer(1, 200));
    return answer;
  }

  async #withoutAnswer<Answer>(apply: () => Answer): Promise<Answer> {
    await this.#wait(this.#settings.random.integer(1, 200));
    apply();
    return this.#noAnswer();
  }

  async #read<Answer>(look: () => Answer): Promise<Answer> {
    await this.#wait(this.#settings.random.integer(1, 100));
    if (this.#settings.random.chance(this.faults.readFails)) throw unsent();
    return look();
  }

  #timeoutMs(): number {
    return 6000;
  }

  async #noAnswer(): Promise<never> {
    await this.#wait(this.#settings.random.integer(1, this.#timeoutMs()));
    throw new ConnectionError({ ...facts, fate: "unknown" });
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#settings.time.schedule(milliseconds, resolve));
  }
}

interface Filter {
  predicates: { value?: string }[];
}

function conversationOf(contactId: string): string {
  return `conversation-${contactId}`;
}

function unsent(): ConnectionError {
  return new ConnectionError({ ...facts, fate: "not_sent", retryable: true });
}

function limited(): RateLimitError {
  return new RateLimitError({
    ...facts,
    fate: "not_applied",
    status: 429,
    retryable: true,
    retryAfterMs: 3000,
  });
}
