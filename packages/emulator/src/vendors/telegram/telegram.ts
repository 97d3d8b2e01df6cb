import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { takeUnderFault } from "../fault-queue.ts";
import { firstIssue } from "../first-issue.ts";
import { readJson } from "../read-json.ts";
import { SlidingWindow } from "../sliding-window.ts";
import type { Customer, CustomerMedia, StandIn, StandInWorld } from "../stand-in.ts";
import { VendorStandIn } from "../vendor-stand-in.ts";
import { giveFile, tellFile } from "./file-answers.ts";
import {
  answerCallbackQuerySchema,
  type SendMethod,
  sendMethods,
  setWebhookSchema,
} from "./method-schemas.ts";
import { showMessage } from "./show-message.ts";

/** A Telegram bot. */
export interface TelegramOptions extends StandInWorld {
  /** As BotFather gives it: the bot's id, a colon, and a secret. */
  token: string;
  /** Messages a second of the bot. Default: 30. */
  throughput?: number;
  /** Messages a second to one chat. Default: 1, with a burst of 20 over 20 seconds. */
  chatBurst?: number;
}

/** Telegram's Bot API in this process. The webhook is set by the API's own `setWebhook`. */
export interface Telegram extends StandIn {
  /** The callback queries that were answered: the others leave the customer with a turning wheel. */
  answeredTaps(): string[];
}

/** The numbers of updates begin somewhere. */
const firstUpdate = 10_000_000;

/** The waits before an update is delivered again. */
const retryWaitsMs = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1000);

export function createTelegram(options: TelegramOptions): Telegram {
  return new TelegramStandIn(options);
}

class TelegramStandIn extends VendorStandIn implements Telegram {
  override readonly vendor = "telegram";
  readonly #options: TelegramOptions;
  readonly #throughput: SlidingWindow;
  readonly #perChat: SlidingWindow;
  readonly #askedTaps = new Set<string>();
  readonly #answeredTaps: string[] = [];

  constructor(options: TelegramOptions) {
    super(options, retryWaitsMs);
    const burst = options.chatBurst ?? 20;
    this.#options = options;
    this.#throughput = new SlidingWindow(options.throughput ?? 30, 1000);
    this.#perChat = new SlidingWindow(burst, burst * 1000);
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const files = `/file/bot${this.#options.token}/`;
    if (request.method === "GET" && pathname.startsWith(files))
      return giveFile(this.media, pathname.slice(files.length));
    const [, bot, method = ""] = pathname.split("/");
    if (bot !== `bot${this.#options.token}`) return refuse(401, "Unauthorized");
    const body = (await readJson(request)) ?? Object.fromEntries(searchParams);
    if (Object.hasOwn(sendMethods, method)) {
      const answers = {
        rateLimited: () => tooMany(1000),
        serverError: () => refuse(500, "Internal Server Error"),
      };
      return takeUnderFault(this.faults.take(), answers, () => this.#send(method as SendMethod, body));
    }
    switch (method) {
      case "answerCallbackQuery":
        return this.#answerTap(body);
      case "setWebhook":
        return this.#setWebhook(body);
      case "deleteWebhook":
        this.outbox.setTarget(undefined);
        return ok(true);
      case "getFile": {
        const told = await tellFile(this.media, String(body.file_id));
        return typeof told === "string" ? refuse(400, told) : ok(told);
      }
      case "getMe":
        return ok({
          id: Number(this.#options.token.split(":")[0]),
          is_bot: true,
          first_name: "Bot",
          username: "bot",
        });
      case "getWebhookInfo":
        return ok({
          url: this.outbox.target?.url ?? "",
          has_custom_certificate: false,
          pending_update_count: 0,
        });
      default:
        return refuse(404, "Not Found");
    }
  }

  #send(method: SendMethod, body: Record<string, unknown>): Response {
    const wrong = checked(sendMethods[method], body);
    if (wrong) return wrong;
    const to = String(body.chat_id);
    const { lastWordAt, isBlocked } = this.log.customer(to) ?? {};
    if (lastWordAt === undefined) return refuse(400, "Bad Request: chat not found");
    if (isBlocked) return refuse(403, "Forbidden: bot was blocked by the user");
    for (const taken of [this.#throughput.take("", this.now()), this.#perChat.take(to, this.now())]) {
      if (!taken.ok) return tooMany(taken.retryAfterMs);
    }
    const number = this.log.next("message");
    const shown = showMessage(method, body);
    this.inbox.add({
      id: String(number),
      to,
      at: this.now(),
      status: "delivered",
      body: { method, ...body },
      shown,
    });
    return ok({ message_id: number, date: this.#seconds(), chat: { id: Number(to), type: "private" } });
  }

  #answerTap(body: Record<string, unknown>): Response {
    const wrong = checked(answerCallbackQuerySchema, body);
    if (wrong) return wrong;
    const id = String(body.callback_query_id);
    if (!this.#askedTaps.has(id)) {
      return refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    }
    this.#answeredTaps.push(id);
    return ok(true);
  }

  #setWebhook(body: Record<string, unknown>): Response {
    const parsed = setWebhookSchema.safeParse(body);
    if (!parsed.success) return refuse(400, `Bad Request: bad webhook: ${firstIssue(parsed.error).message}`);
    const { url, secret_token: secret } = parsed.data;
    const headers = secret === undefined ? {} : { "x-telegram-bot-api-secret-token": secret };
    this.outbox.setTarget(
      url === ""
        ? undefined
        : {
            url,
            headers: () => headers,
            takeAnswer: (text) => this.#takeAnswer(text),
          },
    );
    return ok(true);
  }

  /** A program may answer a webhook with a method to call. */
  #takeAnswer(text: string): void {
    const { method, ...body } = readObject(text);
    if (method === "answerCallbackQuery") this.#answerTap(body);
  }

  answeredTaps(): string[] {
    return [...this.#answeredTaps];
  }

  protected override app(address: string): Customer {
    return {
      address,
      type: (text) => this.#say(address, { text }),
      tap: (messageId, choiceId) => this.#tap(address, messageId, choiceId),
      // Telegram tells a bot nothing of what was read.
      read: (messageId) => {
        for (const { id } of this.inbox.upTo(address, messageId)) this.inbox.setStatus(id, "read");
      },
      sendMedia: (media) => {
        const id = randomBytes(24).toString("base64url");
        this.media.keep(id, media, this.now());
        this.#say(address, mediaMessage(media, id));
      },
      sendLocation: ({ latitude, longitude }) => this.#say(address, { location: { latitude, longitude } }),
      block: () => undefined,
    };
  }

  #tap(address: string, messageId: string, choiceId: string): void {
    const { id: data } = this.inbox.choice(address, messageId, choiceId);
    const id = String(randomBytes(6).readUIntBE(0, 6));
    this.#askedTaps.add(id);
    const message = { message_id: Number(messageId), date: this.#seconds(), chat: this.#chat(address) };
    this.#update({
      callback_query: { id, from: this.#user(address), message, chat_instance: address, data },
    });
  }

  #say(address: string, what: object): void {
    const message = {
      message_id: this.log.next("message"),
      from: this.#user(address),
      chat: this.#chat(address),
    };
    this.#update({ message: { ...message, date: this.#seconds(), ...what } });
  }

  #update(what: object): void {
    const body = JSON.stringify({ update_id: firstUpdate + this.log.next("update"), ...what });
    this.outbox.push(() => body);
  }

  #user(address: string) {
    return { id: Number(address), is_bot: false, first_name: this.#nameOf(address) };
  }

  #chat(address: string) {
    return { id: Number(address), first_name: this.#nameOf(address), type: "private" };
  }

  #nameOf(address: string): string {
    return this.log.customer(address)?.name ?? address;
  }

  #seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

function mediaMessage({ kind, caption, filename, mimeType }: CustomerMedia, fileId: string): object {
  const file = {
    file_id: fileId,
    file_unique_id: fileId.slice(0, 12),
    ...(filename === undefined ? {} : { file_name: filename }),
    ...(mimeType === undefined ? {} : { mime_type: mimeType }),
  };
  const told = caption === undefined ? {} : { caption };
  if (kind === "image") return { photo: [{ ...file, width: 800, height: 600 }], ...told };
  return { [kind === "file" ? "document" : kind]: file, ...told };
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // An answer need not be JSON.
    return {};
  }
}

function ok(result: unknown): Response {
  return Response.json({ ok: true, result });
}

function refuse(status: number, description: string, parameters?: object): Response {
  const body = { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) };
  return Response.json(body, { status });
}

function tooMany(retryAfterMs: number): Response {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}

/** The answer to a body that is wrong. */
function checked(schema: z.ZodType, body: unknown): Response | undefined {
  const parsed = schema.safeParse(body);
  if (parsed.success) return undefined;
  const { path, message } = firstIssue(parsed.error);
  const isNamed = /^[A-Z_]+$/.test(message) || path === "";
  return refuse(400, `Bad Request: ${isNamed ? message : `${path}: ${message}`}`);
}
