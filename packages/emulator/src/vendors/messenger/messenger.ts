import { randomBytes } from "node:crypto";
import { takeUnderFault } from "../fault-queue.ts";
import { firstIssue } from "../first-issue.ts";
import { type GraphError, graphError, graphToken, invalidToken, unknownObject } from "../meta/graph-error.ts";
import { type HubSubscription, hubJson, hubRetryWaitsMs, subscribeHub } from "../meta/hub-webhook.ts";
import { readJson } from "../read-json.ts";
import { SlidingWindow } from "../sliding-window.ts";
import type { Customer, CustomerMedia, ShownChoice, StandIn, StandInWorld } from "../stand-in.ts";
import { VendorStandIn } from "../vendor-stand-in.ts";
import { type MessengerMessage, type MetaApp, senderActionSchema, sendSchema } from "./message-schema.ts";
import { showMessage } from "./show-message.ts";

/** A page on Messenger, or an account on Instagram. */
export interface MessengerOptions extends StandInWorld {
  /** Default: `messenger`. */
  app?: MetaApp;
  accessToken: string;
  appSecret: string;
  /** Default: one of the stand-in's own. */
  pageId?: string;
  /** Messages a second of the page. Default: 300. */
  throughput?: number;
}

/** Meta's Send API in this process. */
export interface Messenger extends StandIn {
  readonly pageId: string;
  /** Names the program's webhook, after a handshake with it. */
  subscribe(subscription: HubSubscription): Promise<void>;
}

/** Nothing may be sent when the customer has not been heard of for so long. */
const windowMs = 24 * 60 * 60 * 1000;

const errors = {
  windowClosed: {
    status: 400,
    code: 10,
    subcode: 2018278,
    message: "This message is sent outside of allowed window.",
  },
  windowClosedOnInstagram: {
    status: 400,
    code: 10,
    subcode: 2534022,
    message: "This message is sent outside of allowed window.",
  },
  noSuchUser: { status: 400, code: 100, subcode: 2018001, message: "No matching user found" },
  unavailable: {
    status: 400,
    code: 551,
    subcode: 1545041,
    message: "This person isn't available right now.",
  },
  rateLimited: { status: 429, code: 613, message: "Calls to this API have exceeded the rate limit." },
  tagRetired: { status: 400, code: 100, message: "Param tag is not supported any more" },
  serverError: {
    status: 500,
    code: 2,
    message: "An unexpected error has occurred. Please retry your request later.",
  },
} as const satisfies Record<string, GraphError>;

export function createMessenger(options: MessengerOptions): Messenger {
  return new MessengerStandIn(options);
}

class MessengerStandIn extends VendorStandIn implements Messenger {
  override readonly vendor: MetaApp;
  readonly pageId: string;
  readonly #options: MessengerOptions;
  readonly #throughput: SlidingWindow;

  constructor(options: MessengerOptions) {
    super(options, hubRetryWaitsMs);
    this.#options = options;
    this.vendor = options.app ?? "messenger";
    this.pageId = options.pageId ?? "104152339153254";
    this.#throughput = new SlidingWindow(options.throughput ?? 300, 1000);
  }

  async subscribe(subscription: HubSubscription): Promise<void> {
    this.outbox.setTarget(await subscribeHub(subscription, this.#options.appSecret, this.deliver));
  }

  override async fetch(request: Request): Promise<Response> {
    const [, version, id, action] = new URL(request.url).pathname.split("/");
    if (graphToken(request) !== this.#options.accessToken) return graphError(invalidToken);
    const isSend = request.method === "POST" && /^v\d+\.0$/.test(version ?? "") && action === "messages";
    if (!isSend || (id !== this.pageId && id !== "me")) return graphError(unknownObject(id ?? ""));
    const body = await readJson(request);
    if (!body)
      return graphError({ status: 400, code: 100, message: "The request body is not a JSON object" });
    const act = senderActionSchema.safeParse(body);
    if (act.success) return Response.json({ recipient_id: act.data.recipient.id });
    const answers = {
      rateLimited: () => graphError(errors.rateLimited),
      serverError: () => graphError(errors.serverError),
    };
    return takeUnderFault(this.faults.take(), answers, () => this.#take(body));
  }

  #take(body: Record<string, unknown>): Response {
    const parsed = sendSchema(this.vendor).safeParse(body);
    if (!parsed.success) {
      const { path, message } = firstIssue(parsed.error);
      return graphError({ status: 400, code: 100, message: `Invalid parameter: ${path}: ${message}` });
    }
    const { recipient, message, messaging_type: kind } = parsed.data;
    const refusal = this.#refusal(recipient.id, kind);
    if (refusal) return graphError(refusal);
    const id = `m_${randomBytes(48).toString("base64url")}`;
    const [to, at] = [recipient.id, this.now()];
    this.inbox.add({ id, to, at, status: "delivered", body, shown: showMessage(message) });
    this.#tellEcho({ to, mid: id, at }, message);
    // Instagram tells nothing of a delivery.
    if (this.vendor === "messenger") {
      this.#tell(to, { delivery: { mids: [id], watermark: at } });
    }
    return Response.json({ recipient_id: to, message_id: id });
  }

  #refusal(to: string, kind: string | undefined): GraphError | undefined {
    const { lastWordAt, isBlocked } = this.log.customer(to) ?? {};
    if (lastWordAt === undefined) return errors.noSuchUser;
    if (isBlocked) return errors.unavailable;
    if (kind === "MESSAGE_TAG") return errors.tagRetired;
    if (!this.#throughput.take("", this.now()).ok) return errors.rateLimited;
    if (this.now() - lastWordAt < windowMs) return undefined;
    return this.vendor === "instagram" ? errors.windowClosedOnInstagram : errors.windowClosed;
  }

  /** What was sent comes back to every program that listens, with the metadata it was given and the time it was taken. */
  #tellEcho(
    { to, mid, at }: { to: string; mid: string; at: number },
    { text, attachment, metadata }: MessengerMessage,
  ): void {
    const message = {
      mid,
      is_echo: true,
      app_id: 1517776481860111,
      ...(metadata === undefined ? {} : { metadata }),
      ...(text === undefined ? {} : { text }),
      ...(attachment ? { attachments: [attachment] } : {}),
    };
    this.#tellEvent({ sender: { id: this.pageId }, recipient: { id: to }, timestamp: at, message });
  }

  #tell(from: string, what: object): void {
    this.#tellEvent({ sender: { id: from }, recipient: { id: this.pageId }, ...what });
  }

  #tellEvent(event: object): void {
    const at = this.now();
    const body = hubJson({
      object: this.vendor === "instagram" ? "instagram" : "page",
      entry: [{ id: this.pageId, time: at, messaging: [{ timestamp: at, ...event }] }],
    });
    this.outbox.push(() => body);
  }

  protected override app(address: string): Customer {
    const write = (message: object) =>
      this.#tell(address, { message: { mid: `m_${randomBytes(48).toString("base64url")}`, ...message } });
    return {
      address,
      type: (text) => write({ text }),
      tap: (messageId, choiceId) => {
        const choice = this.inbox.choice(address, messageId, choiceId);
        if (this.#isQuickReply(messageId, choiceId)) {
          write({ text: choice.label, quick_reply: { payload: choice.id } });
        } else this.#tell(address, { postback: postbackOf(choice) });
      },
      read: (messageId) => this.#read(address, messageId),
      sendMedia: ({ kind, url }: CustomerMedia) => write({ attachments: [{ type: kind, payload: { url } }] }),
      sendLocation: ({ latitude, longitude }) =>
        write({ text: `https://maps.example.com/?q=${latitude},${longitude}` }),
      block: () => undefined,
    };
  }

  #read(address: string, messageId: string | undefined): void {
    const seen = this.inbox.upTo(address, messageId).filter(({ status }) => status !== "read");
    for (const { id } of seen) this.inbox.setStatus(id, "read");
    const newest = seen.at(-1);
    if (!newest) return;
    const read = this.vendor === "instagram" ? { mid: newest.id } : { watermark: newest.at };
    this.#tell(address, { read });
  }

  #isQuickReply(messageId: string, choiceId: string): boolean {
    const body = this.inbox.find(messageId)?.body as { message: MessengerMessage } | undefined;
    return body?.message.quick_replies?.some(({ payload }) => payload === choiceId) ?? false;
  }
}

function postbackOf({ id, label }: ShownChoice) {
  return { mid: `m_${randomBytes(48).toString("base64url")}`, title: label, payload: id };
}
