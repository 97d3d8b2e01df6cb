import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { takeUnderFault } from "../fault-queue.ts";
import { firstIssue } from "../first-issue.ts";
import { bytesOf, mimeTypeOf } from "../media-box.ts";
import { readJson } from "../read-json.ts";
import { SlidingWindow } from "../sliding-window.ts";
import type { Customer, StandIn, StandInWorld } from "../stand-in.ts";
import { VendorStandIn } from "../vendor-stand-in.ts";
import { type LineMessage, pushSchema, replySchema, validateSchema } from "./message-schema.ts";
import { RetryKeys } from "./retry-keys.ts";
import { showMessage } from "./show-message.ts";

/** A LINE official account. */
export interface LineOptions extends StandInWorld {
  channelAccessToken: string;
  channelSecret: string;
  /** Requests a second. Default: 2,000. */
  throughput?: number;
}

/** LINE's Messaging API in this process. */
export interface Line extends StandIn {
  /** Names the program's webhook, as on LINE's console. */
  subscribe(url: string): void;
}

/** How long a reply token can be used. */
const replyTokenMs = 60_000;

/** The waits before LINE delivers a webhook again, where redelivery is on. */
const retryWaitsMs = [1, 10, 60, 600].map((seconds) => seconds * 1000);

export function createLine(options: LineOptions): Line {
  return new LineStandIn(options);
}

class LineStandIn extends VendorStandIn implements Line {
  override readonly vendor = "line";
  readonly #options: LineOptions;
  readonly #throughput: SlidingWindow;
  readonly #retryKeys = new RetryKeys();
  readonly #replyTokens = new Map<string, { to: string; at: number }>();

  constructor(options: LineOptions) {
    super(options, retryWaitsMs);
    this.#options = options;
    this.#throughput = new SlidingWindow(options.throughput ?? 2000, 1000);
  }

  subscribe(url: string): void {
    const sign = (body: string) =>
      createHmac("sha256", this.#options.channelSecret).update(body).digest("base64");
    this.outbox.setTarget({ url, headers: (body) => ({ "x-line-signature": sign(body) }) });
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${this.#options.channelAccessToken}`) {
      return refuse(
        401,
        "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.",
      );
    }
    const profile = /^\/v2\/bot\/profile\/(\w+)$/.exec(pathname)?.[1];
    if (request.method === "GET" && profile !== undefined) return this.#profile(profile);
    const messageId = /^\/v2\/bot\/message\/(\d+)\/content$/.exec(pathname)?.[1];
    if (request.method === "GET" && messageId !== undefined) return this.#content(messageId);
    if (request.method !== "POST") return refuse(404, "Not found");
    const body = await readJson(request);
    if (!body) return refuse(400, "The request body could not be parsed as JSON");
    if (pathname.startsWith("/v2/bot/message/validate/")) return checked(validateSchema, body) ?? ok({});
    if (pathname === "/v2/bot/message/reply") return this.#reply(body);
    if (pathname !== "/v2/bot/message/push") return refuse(404, "Not found");
    const key = request.headers.get("x-line-retry-key") ?? undefined;
    const answers = {
      rateLimited: () => refuse(429, "The API rate limit has been exceeded. Try again later."),
      serverError: () => refuse(500, "Internal server error"),
    };
    return takeUnderFault(this.faults.take(), answers, () => this.#push(body, key));
  }

  #profile(userId: string): Response {
    const customer = this.log.customer(userId);
    return customer ? ok({ userId, displayName: customer.name }) : refuse(404, "Not found");
  }

  async #content(messageId: string): Promise<Response> {
    const media = this.media.find(messageId);
    if (!media) return refuse(404, "Not found");
    return new Response(await bytesOf(media), { headers: { "content-type": mimeTypeOf(media) } });
  }

  #push(body: Record<string, unknown>, key: string | undefined): Response {
    if (key !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) {
      return refuse(400, "The X-Line-Retry-Key header is invalid");
    }
    const earlier = key === undefined ? undefined : this.#retryKeys.find(key, this.now());
    if (earlier) return alreadyAccepted(earlier);
    const wrong = checked(pushSchema, body);
    if (wrong) return wrong;
    const { to, messages } = pushSchema.parse(body);
    if (!this.log.customer(to)) return refuse(400, "Failed to send messages");
    if (!this.#throughput.take("", this.now()).ok) {
      return refuse(429, "The API rate limit has been exceeded. Try again later.");
    }
    const requestId = randomUUID();
    const sentMessages = this.#deliver(to, messages);
    if (key !== undefined) this.#retryKeys.keep(key, { requestId, sentMessages }, this.now());
    return ok({ sentMessages }, { "x-line-request-id": requestId });
  }

  #reply(body: Record<string, unknown>): Response {
    const wrong = checked(replySchema, body);
    if (wrong) return wrong;
    const { replyToken, messages } = replySchema.parse(body);
    const token = this.#replyTokens.get(replyToken);
    this.#replyTokens.delete(replyToken);
    if (!token || token.at + replyTokenMs < this.now()) return refuse(400, "Invalid reply token");
    return ok({ sentMessages: this.#deliver(token.to, messages) }, { "x-line-request-id": randomUUID() });
  }

  /** A customer who has blocked the account gets nothing, and LINE does not say so. */
  #deliver(to: string, messages: LineMessage[]): { id: string; quoteToken: string }[] {
    return messages.map((message) => {
      const id = String(randomBytes(6).readUIntBE(0, 6));
      const status = this.log.customer(to)?.isBlocked ? "accepted" : "delivered";
      this.inbox.add({ id, to, at: this.now(), status, body: message, shown: showMessage(message) });
      return { id, quoteToken: randomBytes(12).toString("base64url") };
    });
  }

  protected override app(address: string): Customer {
    const write = (message: object, id = String(randomBytes(6).readUIntBE(0, 6))) =>
      this.#tell(address, { type: "message", message: { id, ...message } });
    return {
      address,
      type: (text) => write({ type: "text", text, quoteToken: randomBytes(12).toString("base64url") }),
      tap: (messageId, choiceId) => {
        const { id } = this.inbox.choice(address, messageId, choiceId);
        this.#tell(address, { type: "postback", postback: { data: id } });
      },
      // LINE tells a program nothing of what was read.
      read: (messageId) => {
        for (const { id } of this.inbox.upTo(address, messageId)) this.inbox.setStatus(id, "read");
      },
      sendMedia: (media) => {
        const id = String(randomBytes(6).readUIntBE(0, 6));
        this.media.keep(id, media, this.now());
        const named = media.filename === undefined ? {} : { fileName: media.filename };
        write({ type: media.kind, contentProvider: { type: "line" }, ...named }, id);
      },
      sendLocation: ({ name: title, ...place }) =>
        write({ type: "location", ...(title === undefined ? {} : { title }), ...place }),
      block: () => this.#tell(address, { type: "unfollow" }),
    };
  }

  #tell(userId: string, what: object): void {
    const at = this.now();
    const replyToken = randomBytes(16).toString("hex");
    this.#replyTokens.set(replyToken, { to: userId, at });
    const webhookEventId = randomBytes(13).toString("hex").toUpperCase();
    this.outbox.push((number) =>
      JSON.stringify({
        destination: `U${"0".repeat(32)}`,
        events: [
          {
            ...what,
            mode: "active",
            timestamp: at,
            source: { type: "user", userId },
            webhookEventId,
            deliveryContext: { isRedelivery: number > 1 },
            replyToken,
          },
        ],
      }),
    );
  }
}

function ok(body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers });
}

function refuse(
  status: number,
  message: string,
  details?: { message: string; property: string }[],
): Response {
  const headers = { "x-line-request-id": randomUUID() };
  return Response.json({ message, ...(details ? { details } : {}) }, { status, headers });
}

/** The answer to a body that is wrong. */
function checked(
  schema: typeof pushSchema | typeof replySchema | typeof validateSchema,
  body: unknown,
): Response | undefined {
  const parsed = schema.safeParse(body);
  if (parsed.success) return undefined;
  const { path, message } = firstIssue(parsed.error);
  return refuse(400, "The request body has 1 error(s)", [{ message, property: path }]);
}

function alreadyAccepted({
  requestId,
  sentMessages,
}: {
  requestId: string;
  sentMessages: object[];
}): Response {
  const headers = { "x-line-request-id": randomUUID(), "x-line-accepted-request-id": requestId };
  return Response.json(
    { message: "The retry key is already accepted", sentMessages },
    { status: 409, headers },
  );
}
