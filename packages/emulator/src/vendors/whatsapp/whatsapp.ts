import { randomBytes } from "node:crypto";
import { takeUnderFault } from "../fault-queue.ts";
import { firstIssue } from "../first-issue.ts";
import { type GraphError, graphError, graphToken, invalidToken, unknownObject } from "../meta/graph-error.ts";
import { type HubSubscription, hubJson, hubRetryWaitsMs, subscribeHub } from "../meta/hub-webhook.ts";
import { readJson } from "../read-json.ts";
import { SlidingWindow } from "../sliding-window.ts";
import type { Customer, ReceivedMessage, StandIn, StandInWorld } from "../stand-in.ts";
import { VendorStandIn } from "../vendor-stand-in.ts";
import { MediaAnswers } from "./media-answers.ts";
import { markReadSchema, messageSchema, type WhatsAppMessage } from "./message-schema.ts";
import { showMessage } from "./show-message.ts";
import { templateFault, type WhatsAppTemplate } from "./template.ts";
import { type BusinessNumber, changeOf, mediaOf, messageOf, statusOf, tapOf } from "./webhook-bodies.ts";
import { type WhatsAppErrorCode, whatsAppError } from "./whatsapp-errors.ts";

/** A WhatsApp business account with one number. */
export interface WhatsAppOptions extends StandInWorld {
  accessToken: string;
  appSecret: string;
  /** Default: one of the stand-in's own. */
  phoneNumberId?: string;
  templates?: readonly WhatsAppTemplate[];
  /** Messages a second of the number. Default: 80, as for a new number. */
  throughput?: number;
}

/** WhatsApp's Cloud API in this process. */
export interface WhatsApp extends StandIn {
  readonly phoneNumberId: string;
  /** Names the program's webhook, after a handshake with it. */
  subscribe(subscription: HubSubscription): Promise<void>;
}

/** A free-form message needs a word of the customer within so long. */
const windowMs = 24 * 60 * 60 * 1000;

/** Messages to one customer: one each 6 seconds, of which 45 may be borrowed at once. */
const pairBurst = 45;
const pairIntervalMs = 6000;

export function createWhatsApp(options: WhatsAppOptions): WhatsApp {
  return new WhatsAppStandIn(options);
}

class WhatsAppStandIn extends VendorStandIn implements WhatsApp {
  override readonly vendor = "whatsapp";
  readonly phoneNumberId: string;
  readonly #options: WhatsAppOptions;
  readonly #business: BusinessNumber;
  readonly #mediaAnswers: MediaAnswers;
  readonly #throughput: SlidingWindow;
  readonly #pairs = new SlidingWindow(pairBurst, pairBurst * pairIntervalMs);

  constructor(options: WhatsAppOptions) {
    super(options, hubRetryWaitsMs);
    this.#options = options;
    this.phoneNumberId = options.phoneNumberId ?? "106540352242922";
    this.#business = {
      businessAccountId: "102290129340398",
      phoneNumberId: this.phoneNumberId,
      displayPhoneNumber: "15550783881",
    };
    this.#mediaAnswers = new MediaAnswers(this.media, { now: this.now, secret: options.appSecret });
    this.#throughput = new SlidingWindow(options.throughput ?? 80, 1000);
  }

  async subscribe(subscription: HubSubscription): Promise<void> {
    this.outbox.setTarget(await subscribeHub(subscription, this.#options.appSecret, this.deliver));
  }

  override async fetch(request: Request): Promise<Response> {
    const { origin, pathname, searchParams } = new URL(request.url);
    const [, version, id, action] = pathname.split("/");
    if (graphToken(request) !== this.#options.accessToken) return graphError(invalidToken);
    const isVersioned = /^v\d+\.0$/.test(version ?? "");
    if (request.method === "GET" && this.#mediaAnswers.isAddress(pathname))
      return this.#mediaAnswers.give(searchParams);
    if (request.method === "GET" && isVersioned && id && action === undefined)
      return this.#mediaAnswers.tell(id, origin);
    const isSend = request.method === "POST" && isVersioned && action === "messages";
    if (!isSend || id !== this.phoneNumberId) return graphError(unknownObject(id ?? ""));
    const body = await readJson(request);
    if (!body)
      return graphError({ status: 400, code: 100, message: "The request body is not a JSON object" });
    if (markReadSchema.safeParse(body).success) return Response.json({ success: true });
    return this.#send(body);
  }

  #send(body: Record<string, unknown>): Response {
    const answers = {
      rateLimited: () => graphError(whatsAppError(130429)),
      serverError: () => graphError(whatsAppError(131000)),
    };
    return takeUnderFault(this.faults.take(), answers, (failsLater) => this.#take(body, failsLater));
  }

  #take(body: Record<string, unknown>, failsLater: boolean): Response {
    const parsed = messageSchema.safeParse(body);
    if (!parsed.success) return graphError(bodyError(body, firstIssue(parsed.error)));
    const message = parsed.data;
    const to = message.to.replace(/\D/g, "");
    const refusal = this.#refusal(message, to);
    if (refusal) return graphError(refusal);
    const received: ReceivedMessage = {
      id: `wamid.${randomBytes(24).toString("base64")}`,
      to,
      at: this.now(),
      status: "accepted",
      body,
      shown: showMessage(message, this.#options.templates ?? []),
    };
    this.inbox.add(received);
    this.#finish(received, message, failsLater);
    return Response.json({
      messaging_product: "whatsapp",
      contacts: [{ input: message.to, wa_id: to }],
      messages: [{ id: received.id }],
    });
  }

  /** What is refused at once. That the window is closed or the customer unreachable turns out later. */
  #refusal(message: WhatsAppMessage, to: string): GraphError | undefined {
    if (to === this.#business.displayPhoneNumber) return whatsAppError(131021);
    if (message.type === "template") {
      const fault = templateFault(message.template, this.#options.templates ?? []);
      if (fault) return whatsAppError(fault === "unknown" ? 132001 : 132000);
    }
    const now = this.now();
    if (!this.#throughput.take("", now).ok) return whatsAppError(130429);
    if (!this.#pairs.take(to, now).ok) return whatsAppError(131056);
    return undefined;
  }

  #finish(received: ReceivedMessage, message: WhatsAppMessage, failsLater: boolean): void {
    const failure = this.#failure(received, message, failsLater);
    if (failure === undefined) {
      this.inbox.setStatus(received.id, "delivered");
      this.#tellStatus(received, "sent");
      this.#tellStatus(received, "delivered");
      return;
    }
    this.inbox.setStatus(received.id, "failed", failure);
    this.#tellStatus(received, "failed", failure);
  }

  #failure(
    { to, at }: ReceivedMessage,
    { type }: WhatsAppMessage,
    failsLater: boolean,
  ): WhatsAppErrorCode | undefined {
    if (failsLater) return 131053;
    const { isBlocked, lastWordAt = Number.NEGATIVE_INFINITY } = this.log.customer(to) ?? {};
    if (isBlocked) return 131026;
    const isOpen = at - lastWordAt < windowMs;
    return isOpen || type === "template" ? undefined : 131047;
  }

  #tellStatus(
    message: ReceivedMessage,
    status: Parameters<typeof statusOf>[1],
    failure?: WhatsAppErrorCode,
  ): void {
    this.#tell(statusOf(message, status, this.now(), failure));
  }

  #tell(value: object): void {
    const body = hubJson(changeOf(this.#business, value));
    this.outbox.push(() => body);
  }

  protected override app(address: string): Customer {
    return {
      address,
      type: (text) => this.#say(address, { type: "text", text: { body: text } }),
      tap: (messageId, choiceId) => {
        const choice = this.inbox.choice(address, messageId, choiceId);
        const message = this.inbox.find(messageId);
        if (message) this.#say(address, tapOf(message, choice, this.#business.displayPhoneNumber));
      },
      read: (messageId) => {
        for (const message of this.inbox.upTo(address, messageId)) {
          if (message.status === "read") continue;
          this.inbox.setStatus(message.id, "read");
          this.#tellStatus(message, "read");
        }
      },
      sendMedia: (media) => {
        const id = String(randomBytes(6).readUIntBE(0, 6));
        this.media.keep(id, media, this.now());
        this.#say(address, mediaOf(media, id));
      },
      sendLocation: (location) => this.#say(address, { type: "location", location }),
      block: () => undefined,
    };
  }

  #say(address: string, what: object): void {
    const at = this.now();
    const id = `wamid.${randomBytes(24).toString("base64")}`;
    this.#tell(messageOf({ address, name: this.log.customer(address)?.name ?? address }, id, at, what));
  }
}

/** Meta tells what is missing and what is too long by different codes. */
function bodyError(
  body: Record<string, unknown>,
  { path, message }: { path: string; message: string },
): GraphError {
  if (!("type" in body) || /received undefined/.test(message)) {
    return whatsAppError(131008, `The parameter ${path || "type"} is required.`);
  }
  if (/Unrecognized key/.test(message)) {
    return {
      status: 400,
      code: 100,
      message: "Invalid parameter",
      details: `Unexpected key: ${path} ${message}`,
    };
  }
  if (/Too big|Too small/.test(message)) {
    return {
      status: 400,
      code: 100,
      message: "Invalid parameter",
      details: `Param ${path} is out of range: ${message}`,
    };
  }
  return whatsAppError(131009, `${path}: ${message}`);
}
