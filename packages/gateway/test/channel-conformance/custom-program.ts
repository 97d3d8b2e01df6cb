import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Content } from "@quickcard/client";
import {
  ConnectionCutError,
  type Customer,
  type CustomerMedia,
  type Fault,
  type ReceivedMessage,
  type Shown,
  type StandIn,
  type StandInWorld,
  type WebhookAttempt,
} from "@quickcard/emulator/vendors";
import { Webhook } from "standardwebhooks";
import { listen, stopListening } from "../../../../testing/listen.ts";

/** A message as the gateway posts it to a program. */
interface Posted {
  messageId: string;
  address: string;
  content: Content;
  attempt: number;
  expiresAt: string;
  answers: { label: string; alias: string }[];
}

/** What a program that connects a channel of its own has of a vendor's stand-in. */
export type ProgramStandIn = Pick<
  StandIn,
  "fetch" | "customer" | "received" | "fault" | "webhooks" | "replayWebhooks" | "settled"
>;

/** What a program takes of the world, and the secret that it shares with the gateway. */
export type ProgramWorld = Required<Pick<StandInWorld, "now" | "sleep">> &
  Pick<StandInWorld, "deliver"> & { secret: string };

/** A program that listens. */
export interface RunningProgram {
  program: CustomProgram;
  url: string;
  close(): Promise<void>;
}

/** Serves a program over HTTP. */
export async function startCustomProgram(world: ProgramWorld): Promise<RunningProgram> {
  const program = new CustomProgram(world);
  const listener = getRequestListener(async (request, { outgoing }) => {
    try {
      return await program.fetch(request);
    } catch (error) {
      if (!(error instanceof ConnectionCutError)) throw error;
      outgoing.destroy();
      return new Response();
    }
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const { url } = await listen(server);
  return {
    program,
    url,
    async close() {
      program.end();
      await stopListening(server);
    },
  };
}

/** How far from now the time of a signature may be: https://www.standardwebhooks.com */
const toleranceMs = 300_000;

/** A program that connects a channel of its own, in this process: what it takes is signed, and what it tells. */
export class CustomProgram implements ProgramStandIn {
  readonly #world: ProgramWorld;
  readonly #messages: ReceivedMessage[] = [];
  readonly #shown = new Set<string>();
  readonly #failed = new Set<string>();
  readonly #blocked = new Set<string>();
  readonly #faults: Fault[] = [];
  readonly #webhooks: WebhookAttempt[] = [];
  readonly #deliver: (request: Request) => Promise<Response>;
  #target: string | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(world: ProgramWorld) {
    this.#world = world;
    this.#deliver = world.deliver ?? ((request) => fetch(request));
  }

  subscribe(url: string): void {
    this.#target = url;
  }

  end(): void {
    this.#target = undefined;
  }

  /** Takes a message, by the fault that is due. */
  async fetch(request: Request): Promise<Response> {
    const body = await request.text();
    if (!this.#isSigned(request.headers, body)) return answer(401);
    const posted = JSON.parse(body) as Posted;
    const webhookId = request.headers.get("webhook-id") ?? "";
    const fault = this.#faults.shift() ?? "none";
    if (fault === "rate-limit") return answer(429);
    if (fault === "server-error") return answer(500);
    if (fault === "lose-request") throw new ConnectionCutError("nothing was taken");
    if (this.#blocked.has(posted.address)) return answer(410);
    this.#show(webhookId, posted, fault === "fail-later");
    if (fault === "lose-answer") throw new ConnectionCutError("the answer is lost");
    return answer(fault === "taken-with-error" ? 500 : 200);
  }

  #isSigned(headers: Headers, body: string): boolean {
    const sentAt = new Date(Number(headers.get("webhook-timestamp")) * 1000);
    if (Math.abs(this.#world.now() - sentAt.getTime()) > toleranceMs) return false;
    const expected = new Webhook(this.#world.secret).sign(headers.get("webhook-id") ?? "", sentAt, body);
    return headers.get("webhook-signature") === expected;
  }

  /** What comes again has the same id; what has failed may be sent again by hand, and then has more time. */
  #show(
    webhookId: string,
    { messageId, attempt, expiresAt, address, content, answers }: Posted,
    fails: boolean,
  ): void {
    const round = `${webhookId} ${expiresAt}`;
    if (this.#shown.has(webhookId) || this.#failed.has(round)) return;
    if (fails) this.#failed.add(round);
    else this.#shown.add(webhookId);
    const status = fails ? "failed" : "delivered";
    const choices = answers.map(({ alias, label }) => ({ id: alias, label }));
    const shown: Shown = { texts: [textOf(content)], media: [], links: [], choices };
    const message: ReceivedMessage = {
      id: messageId,
      to: address,
      at: this.#world.now(),
      status,
      body: content,
      shown,
    };
    this.#messages.push(message);
    const reason = fails ? { reason: "The line is dead." } : {};
    this.#tell({ type: "status", messageId, attempt, status, ...reason });
  }

  received(to?: string): ReceivedMessage[] {
    return this.#messages.filter((message) => to === undefined || message.to === to);
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
          message.status = "read";
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
    this.#work = this.#work.then(() => this.#post(body, headers));
  }

  /** Until it is taken: what was not answered 200 is posted again. */
  async #post(body: string, headers: Record<string, string>): Promise<void> {
    for (let number = 1; this.#target !== undefined; number += 1) {
      const attempt: WebhookAttempt = { url: this.#target, body, headers, number };
      this.#webhooks.push(attempt);
      const request = new Request(this.#target, { method: "POST", headers, body });
      const answered = await this.#deliver(request).catch(() => undefined);
      if (answered) attempt.status = answered.status;
      if (answered?.ok) return;
      await this.#world.sleep(1000);
    }
  }
}

/** All that this program shows of a content. */
function textOf(content: Content): string {
  if (content.type === "text") return content.text;
  return "title" in content && content.title !== undefined ? content.title : content.type;
}

function answer(status: number): Response {
  return Response.json({}, { status });
}
