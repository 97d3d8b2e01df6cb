import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createRandom, type Random } from "../../test/simulator/random.ts";
import { QuotaWindow } from "./quota-window.ts";
import type { AppliedMessage, UpstreamFaults, UpstreamSettings } from "./upstream-settings.ts";

/** What the upstream has counted. */
export interface UpstreamCounts {
  /** Milliseconds since 1970; 0 before the first. */
  firstRequestAt: number;
  requests: number;
  rateLimited: number;
  readBacks: number;
  faults: Record<keyof UpstreamFaults, number>;
}

interface Posted {
  id: string;
  text: string;
}

/** How long lie between two times that nobody listens. */
const closingCycleMs = 2000;

/**
 * A stand-in for the platform that a gateway sends to: it applies messages, keeps a log of them in its own memory,
 * and does to the connection all that networks and platforms do.
 *
 * `POST /contacts/{contact}/messages` with `{id, text}` applies, and `GET` on it reads back what was applied.
 */
export class Upstream {
  readonly log: AppliedMessage[] = [];
  readonly counts: UpstreamCounts = {
    firstRequestAt: 0,
    requests: 0,
    rateLimited: 0,
    readBacks: 0,
    faults: { resetAfterApplied: 0, lateApply: 0, errorAfterApplied: 0, errorNotApplied: 0, slow: 0 },
  };
  settings: UpstreamSettings;
  /** Told of each message that is echoed. */
  onEcho: (messageId: string) => void = () => undefined;
  readonly #byContact = new Map<string, AppliedMessage[]>();
  readonly #random: Random;
  readonly #server: Server;
  readonly #quota: QuotaWindow | undefined;
  #port = 0;
  #closing: NodeJS.Timeout | undefined;

  constructor(settings: UpstreamSettings) {
    this.settings = settings;
    this.#random = createRandom(settings.seed);
    this.#quota = settings.quota && new QuotaWindow(settings.quota, Date.now());
    this.#server = createServer((request, answer) => {
      this.#answer(request, answer).catch(() => request.socket.destroy());
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens on a free port of 127.0.0.1, and returns the address. */
  async open(): Promise<string> {
    await this.#listen();
    this.#planClosing();
    return `http://127.0.0.1:${this.#port}`;
  }

  close(): void {
    clearTimeout(this.#closing);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(this.#port, "127.0.0.1", () => {
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** Now and then nobody listens, and whoever was connected is cut off. */
  #planClosing(): void {
    this.#closing = setTimeout(
      () => {
        const closedMs = closingCycleMs * this.settings.closedShare;
        if (closedMs === 0) return this.#planClosing();
        this.close();
        setTimeout(() => void this.#listen().then(() => this.#planClosing()), closedMs);
      },
      closingCycleMs * this.#random.next() + 100,
    ).unref();
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const contactId = /^\/contacts\/([^/]+)\/messages$/.exec(request.url ?? "")?.[1];
    if (contactId === undefined) return respond(answer, 404, {});
    if (request.method === "GET") return this.#readBack(contactId, answer);
    const posted = (await json(request)) as Posted;
    this.counts.requests += 1;
    this.counts.firstRequestAt ||= Date.now();
    if (this.#refuses(answer)) return;
    await this.#take(posted, contactId, answer);
  }

  #refuses(answer: ServerResponse): boolean {
    const { quota } = this.settings;
    const usage = this.#quota?.take(Date.now());
    if (!quota || !usage) return false;
    if (quota.tellsUsage) {
      answer.setHeader("inin-ratelimit-count", usage.count);
      answer.setHeader("inin-ratelimit-allowed", quota.allowed);
      answer.setHeader("inin-ratelimit-reset", Math.ceil(usage.resetMs / 1000));
    }
    if (!usage.isExceeded) return false;
    this.counts.rateLimited += 1;
    answer.setHeader("retry-after", 1);
    respond(answer, 429, { code: "too.many.requests.retry.after" });
    return true;
  }

  async #take(posted: Posted, contactId: string, answer: ServerResponse): Promise<void> {
    const apply = () => this.#apply(posted, contactId);
    const { serviceMs, slowMs, lateMs } = this.settings;
    const fault = this.#draw();
    if (fault) this.counts.faults[fault] += 1;
    switch (fault) {
      case "lateApply":
        // The answer stays away until the sender hangs up.
        setTimeout(apply, this.#random.integer(...lateMs));
        return;
      case "slow": {
        const totalMs = this.#random.integer(serviceMs[1], slowMs);
        setTimeout(apply, this.#random.integer(0, totalMs));
        await wait(totalMs + 1);
        return respond(answer, 201, { id: channelIdOf(posted) });
      }
      case "errorNotApplied":
        await wait(this.#random.integer(...serviceMs));
        return respond(answer, this.#random.pick([500, 503]), {});
      case "resetAfterApplied":
      case "errorAfterApplied":
      case undefined:
    }
    const totalMs = this.#random.integer(...serviceMs);
    if (totalMs > 0) await wait(totalMs / 2);
    apply();
    if (totalMs > 0) await wait(totalMs / 2);
    if (fault === "resetAfterApplied") answer.socket?.resetAndDestroy();
    else if (fault === "errorAfterApplied") respond(answer, 500, {});
    else respond(answer, 201, { id: channelIdOf(posted) });
  }

  #apply({ id, text }: Posted, contactId: string): void {
    const applied = { id, contactId, text, at: Date.now() };
    this.log.push(applied);
    const earlier = this.#byContact.get(contactId);
    if (earlier) earlier.push(applied);
    else this.#byContact.set(contactId, [applied]);
    if (this.#random.chance(this.settings.echoes)) {
      setTimeout(() => this.onEcho(id), this.#random.integer(0, 1000));
    }
  }

  async #readBack(contactId: string, answer: ServerResponse): Promise<void> {
    this.counts.readBacks += 1;
    const shownUntil = Date.now() - this.#random.integer(0, this.settings.readBackLagMs);
    const shown = (this.#byContact.get(contactId) ?? []).filter(({ at }) => at <= shownUntil);
    await wait(this.#random.integer(...this.settings.serviceMs));
    respond(answer, 200, {
      messages: shown.map((applied) => ({ channelId: channelIdOf(applied), reference: applied.id })),
    });
  }

  #draw(): keyof UpstreamFaults | undefined {
    let left = this.#random.next();
    for (const [fault, share] of Object.entries(this.settings.faults)) {
      if (left < share) return fault as keyof UpstreamFaults;
      left -= share;
    }
    return undefined;
  }
}

function channelIdOf({ id }: { id: string }): string {
  return `up-${id}`;
}

function respond(answer: ServerResponse, status: number, body: unknown): void {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
