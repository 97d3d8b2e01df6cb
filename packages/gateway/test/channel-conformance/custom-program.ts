import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { Content } from "@quickcard/client";
import type {
  Customer,
  CustomerMedia,
  Fault,
  ReceivedMessage,
  Shown,
  StandInWorld,
  WebhookAttempt,
} from "@quickcard/emulator/vendors";
import { Webhook } from "standardwebhooks";
import type { Counterpart } from "./channel-case.ts";

/** A message as the gateway posts it to a program. */
interface Posted {
  messageId: string;
  address: string;
  content: Content;
  attempt: number;
  answers: { label: string; alias: string }[];
}

/** A program that connects a channel of its own, in this process, and listens. */
export interface CustomProgram extends Counterpart {
  url: string;
  subscribe(url: string): void;
  close(): Promise<void>;
}

export async function startCustomProgram(
  world: Required<Pick<StandInWorld, "now" | "sleep">> & { secret: string },
): Promise<CustomProgram> {
  const program = new Program(world);
  const server = createServer((request, response) => {
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": given } = request.headers;
    void readText(request).then((body) => {
      const sentAt = new Date(Number(timestamp) * 1000);
      if (new Webhook(world.secret).sign(String(id), sentAt, body) !== given)
        return response.writeHead(401).end();
      const status = program.take(String(id), JSON.parse(body) as Posted);
      if (status === "cut") return request.socket.destroy();
      return response.writeHead(status).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(program, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      program.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

class Program implements Counterpart {
  readonly #world: Required<Pick<StandInWorld, "now" | "sleep">> & { secret: string };
  readonly #messages = new Map<string, ReceivedMessage>();
  readonly #taken = new Set<string>();
  readonly #blocked = new Set<string>();
  readonly #faults: Fault[] = [];
  readonly #webhooks: WebhookAttempt[] = [];
  #target: string | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(world: Required<Pick<StandInWorld, "now" | "sleep">> & { secret: string }) {
    this.#world = world;
  }

  subscribe(url: string): void {
    this.#target = url;
  }

  end(): void {
    this.#target = undefined;
  }

  /** What it answers to a message, by the fault that is due. */
  take(webhookId: string, posted: Posted): number | "cut" {
    const fault = this.#faults.shift() ?? "none";
    if (fault === "rate-limit") return 429;
    if (fault === "server-error") return 500;
    if (fault === "lose-request") return "cut";
    if (this.#blocked.has(posted.address)) return 410;
    this.#show(webhookId, posted, fault === "fail-later");
    if (fault === "lose-answer") return "cut";
    return fault === "taken-with-error" ? 500 : 200;
  }

  /** What comes again has the same id; what has failed may well be sent again. */
  #show(webhookId: string, { messageId, attempt, address, content, answers }: Posted, fails: boolean): void {
    if (this.#taken.has(webhookId)) return;
    if (!fails) this.#taken.add(webhookId);
    const status = fails ? "failed" : "delivered";
    const choices = answers.map(({ alias, label }) => ({ id: alias, label }));
    const shown: Shown = { texts: [textOf(content)], media: [], links: [], choices };
    const message = {
      id: messageId,
      to: address,
      at: this.#world.now(),
      status,
      body: content,
      shown,
    } as const;
    this.#messages.set(messageId, message);
    const reason = fails ? { reason: "The line is dead." } : {};
    this.#tell({ type: "status", messageId, attempt, status, ...reason });
  }

  received(to?: string): ReceivedMessage[] {
    return [...this.#messages.values()].filter((message) => to === undefined || message.to === to);
  }

  fault(...faults: Fault[]): void {
    this.#faults.push(...faults);
  }

  webhooks(): WebhookAttempt[] {
    return [...this.#webhooks];
  }

  replayWebhooks(): void {
    for (const { body, headers } of this.#webhooks.filter(({ status }) => status === 200)) {
      this.#push(body, headers);
    }
  }

  async settled(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#work) {
      seen = this.#work;
      await seen;
    }
  }

  customer(address: string, displayName?: string): Customer {
    const say = (event: object) =>
      this.#tell({
        ...event,
        id: randomUUID(),
        address,
        ...(displayName === undefined ? {} : { displayName }),
      });
    return {
      address,
      type: (text) => say({ type: "text", text }),
      tap: (_, answer) => say({ type: "tap", answer }),
      read: () => {
        for (const message of this.received(address).filter(({ status }) => status === "delivered")) {
          this.#messages.set(message.id, { ...message, status: "read" });
          this.#tell({ type: "status", messageId: message.id, status: "read" });
        }
      },
      sendMedia: ({ kind, ...rest }: CustomerMedia) => say({ type: kind, ...rest }),
      sendLocation: (place) => say({ type: "location", location: place }),
      block: () => void this.#blocked.add(address),
    };
  }

  #tell(event: object): void {
    const body = JSON.stringify(event);
    const [id, at] = [`msg_${randomUUID()}`, new Date()];
    this.#push(body, {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(this.#world.secret).sign(id, at, body),
    });
  }

  #push(body: string, headers: Record<string, string>): void {
    this.#work = this.#work.then(() => this.#deliver(body, headers));
  }

  /** Until it is taken: what was not answered 200 is posted again. */
  async #deliver(body: string, headers: Record<string, string>): Promise<void> {
    for (let number = 1; this.#target !== undefined; number += 1) {
      const attempt: WebhookAttempt = { url: this.#target, body, headers, number };
      this.#webhooks.push(attempt);
      const answer = await fetch(this.#target, { method: "POST", headers, body }).catch(() => undefined);
      if (answer) attempt.status = answer.status;
      if (answer?.ok) return;
      await this.#world.sleep(1000);
    }
  }
}

/** All that this program shows of a content. */
function textOf(content: Content): string {
  if (content.type === "text") return content.text;
  return "title" in content && content.title !== undefined ? content.title : content.type;
}
