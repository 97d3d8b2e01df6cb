import { randomUUID } from "node:crypto";
import type { ChatEvents, ChatTap, CustomerMessage, Receipt, Timeline } from "@quickcard/web";
import { Failure } from "../errors/failure.ts";

/** One event of the customer's page. */
export type ChatEvent = {
  [Name in keyof ChatEvents]: { name: Name; data: ChatEvents[Name] };
}[keyof ChatEvents];

const longestEvent = 1_048_576;

/** A customer without a browser: speaks the wire of the chat page. */
export class DemoCustomer {
  readonly #chatUrl: string;
  readonly #signal: AbortSignal;

  constructor(chatUrl: string, signal: AbortSignal) {
    this.#chatUrl = chatUrl;
    this.#signal = signal;
  }

  /** What the page starts from. */
  async timeline(): Promise<Timeline> {
    const response = await this.#fetch("/timeline");
    return (await response.json()) as Timeline;
  }

  /** What happens in the chat from a place on. */
  async *events(cursor: string): AsyncGenerator<ChatEvent, void, undefined> {
    const { body } = await this.#fetch(`/events?after=${encodeURIComponent(cursor)}`);
    if (!body) return;
    let rest = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      if (rest.length > longestEvent) return;
      yield* blocks.flatMap(readEvent);
    }
  }

  /** Writes a message. */
  async write(text: string): Promise<void> {
    await this.#post("/messages", { clientMessageId: randomUUID(), text });
  }

  /** Taps a choice of a quick reply, or a button of a card. */
  async tap(tap: ChatTap): Promise<void> {
    await this.#post("/messages", { clientMessageId: randomUUID(), tap });
  }

  /** Says that messages were shown, or seen. */
  async giveReceipt(receipt: Receipt): Promise<void> {
    await this.#post("/receipts", receipt);
  }

  /** Loads what the page would show, such as a picture. */
  async load(url: string): Promise<{ mediaType: string; size: number }> {
    const response = await fetch(url, { signal: this.#signal });
    requireOk(response, url);
    return {
      mediaType: response.headers.get("content-type") ?? "",
      size: (await response.arrayBuffer()).byteLength,
    };
  }

  async #post(path: string, body: CustomerMessage | Receipt): Promise<void> {
    const response = await this.#fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.#chatUrl + path, { ...init, signal: this.#signal });
    requireOk(response, path);
    return response;
  }
}

/** Reads one block of server-sent events; a comment or a bare place gives nothing. */
function readEvent(block: string): ChatEvent[] {
  const fields = new Map(block.split("\n").map((line) => splitField(line)));
  const [name, data] = [fields.get("event"), fields.get("data")];
  return name === undefined || data === undefined ? [] : [{ name, data: JSON.parse(data) } as ChatEvent];
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}

function requireOk(response: Response, what: string): void {
  if (response.ok) return;
  throw new Failure({
    code: "chat_refused",
    message: `The customer's page got ${response.status} for ${new URL(what, response.url).pathname.split("/").at(-1)}.`,
    fix: "See the gateway's log above.",
  });
}
