import type { ChatMessage, CustomerMessage, Receipt, Timeline } from "../chat-wire.ts";
import type { CustomerPicture } from "./chat-session.ts";
import { shrinkPicture } from "./shrink-picture.ts";
import { readMessage, readTimeline } from "./wire-reading.ts";

const answerWithinMs = 20_000;

/** A picture goes up over a slow network too. */
const pictureWithinMs = 60_000;

/** The gateway did not do what it was asked: `status` is its answer, or `undefined` where none came. */
export class ChatRequestError extends Error {
  readonly code = "chat_request_failed";
  readonly status: number | undefined;
  /** Whether the same request may well succeed later. */
  readonly retryable: boolean;

  constructor(request: string, status: number | undefined, cause?: unknown) {
    super(`${request} ${status === undefined ? "got no answer" : `answered ${status}`}`, { cause });
    this.name = "ChatRequestError";
    this.status = status;
    this.retryable = status === undefined || status >= 500 || [408, 409, 425, 429].includes(status);
  }
}

/** The routes of one customer's chat. Each throws a `ChatRequestError`. */
export interface ChatApi {
  /** The newest messages, or those before a message. */
  timeline(before?: string): Promise<Timeline>;
  /** Opens the stream of events that follow a place in the log; the caller reads it to its end. */
  events(after: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  send(message: CustomerMessage | CustomerPicture): Promise<ChatMessage>;
  /** Where a picture is that the customer has sent. */
  pictureUrl(messageId: string): string;
  acknowledge(receipt: Receipt): Promise<void>;
  tellTyping(): Promise<void>;
}

/** Speaks to the gateway under the address of a chat, `https://gateway/chat/TOKEN`. */
export function createChatApi(source: URL, send: typeof fetch = fetch): ChatApi {
  const base = `${source.origin}${source.pathname.replace(/\/+$/, "")}`;

  async function request(name: string, path: string, options: RequestInit): Promise<Response> {
    const what = `${options.method ?? "GET"} ${name}`;
    let response: Response;
    try {
      response = await send(`${base}/${path}`, { credentials: "omit", cache: "no-store", ...options });
    } catch (error) {
      throw new ChatRequestError(what, undefined, error);
    }
    if (!response.ok) throw new ChatRequestError(what, response.status);
    return response;
  }

  async function requestJson(name: string, path: string, options: RequestInit): Promise<unknown> {
    const response = await request(name, path, { signal: AbortSignal.timeout(answerWithinMs), ...options });
    try {
      return await response.json();
    } catch (error) {
      throw new ChatRequestError(`${options.method ?? "GET"} ${name}`, undefined, error);
    }
  }

  return {
    async timeline(before) {
      const query = before === undefined ? "" : `?before=${encodeURIComponent(before)}`;
      return readTimeline(await requestJson("timeline", `timeline${query}`, {}));
    },
    async events(after, signal) {
      const path = `events?after=${encodeURIComponent(after)}`;
      const response = await request("events", path, { headers: { accept: "text/event-stream" }, signal });
      if (!response.body) throw new ChatRequestError("GET events", undefined);
      return response.body;
    },
    async send(message) {
      if ("picture" in message)
        return readMessage(await requestJson("pictures", ...(await postingPicture(message))));
      return readMessage(await requestJson("messages", "messages", posting(message)));
    },
    pictureUrl: (messageId) => `${base}/pictures/${encodeURIComponent(messageId)}`,
    async acknowledge(receipt) {
      const signal = AbortSignal.timeout(answerWithinMs);
      await request("receipts", "receipts", { ...posting(receipt), signal, keepalive: true });
    },
    async tellTyping() {
      const signal = AbortSignal.timeout(answerWithinMs);
      await request("typing", "typing", { ...posting({}), signal });
    },
  };
}

async function postingPicture({
  clientMessageId,
  filename,
  picture,
}: CustomerPicture): Promise<[string, RequestInit]> {
  const body = await shrinkPicture(picture);
  const query = new URLSearchParams({ clientMessageId, ...(filename === undefined ? {} : { filename }) });
  const signal = AbortSignal.timeout(pictureWithinMs);
  return [`pictures?${query}`, { method: "POST", body, signal }];
}

function posting(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
