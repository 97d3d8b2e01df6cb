import { render } from "preact";
import { type Chat, startChat } from "./chat/chat.ts";
import { browserClock } from "./chat/clock.ts";
import chatCss from "./chat/view/chat.css?inline";
import { ChatView } from "./chat/view/chat-view.tsx";
import composerCss from "./chat/view/composer.css?inline";
import transcriptCss from "./chat/view/transcript.css?inline";
import type { ChatMessage } from "./chat-wire.ts";
import messageCss from "./message/message.css?inline";
import tappableCss from "./message/tappable.css?inline";
import themeCss from "./theme.css?inline";

/** What the events of the element carry. */
export interface QuickcardChatEventMap {
  /** A message came just now, of either direction. Those of an earlier visit are not told. */
  "quickcard-message": CustomEvent<ChatMessage>;
  /** The chat was opened, is gone, or its connection came or went. */
  "quickcard-state": CustomEvent<{ phase: "loading" | "open" | "gone"; isConnected: boolean }>;
}

/** A constructed sheet stands under a content security policy that allows no style in the page. */
let styles: CSSStyleSheet | undefined;

/**
 * `<quickcard-chat src="https://gateway/chat/TOKEN">`: a customer's chat, in a shadow tree of its own.
 *
 * Attributes: `src`, the address of the chat; `heading`, the words at its top, "Chat" unless told.
 */
export class QuickcardChatElement extends HTMLElement {
  static readonly observedAttributes = ["src", "heading"];

  #chat: Chat | undefined;
  #endChat = (): void => {};
  readonly #root = this.attachShadow({ mode: "open", delegatesFocus: false });

  /** The address of the chat, as it was written. */
  get src(): string {
    return this.getAttribute("src") ?? "";
  }

  set src(value: string) {
    this.setAttribute("src", value);
  }

  get heading(): string {
    return this.getAttribute("heading") ?? "Chat";
  }

  set heading(value: string) {
    this.setAttribute("heading", value);
  }

  connectedCallback(): void {
    styles ??= constructStyles();
    this.#root.adoptedStyleSheets = [styles];
    this.#start();
  }

  disconnectedCallback(): void {
    this.#end();
    render(null, this.#root);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (name === "src") this.#start();
    else this.#draw();
  }

  #start(): void {
    this.#end();
    const source = sourceOf(this.src, this.baseURI);
    if (source) {
      this.#chat = startChat({
        source,
        clock: browserClock,
        random: Math.random,
        storage: () => sessionStorage,
        onMessage: (message) => this.#tell("quickcard-message", message),
      });
      this.#endChat = this.#attach(this.#chat);
    }
    this.#draw();
  }

  /** Tells a chat of the page around it, and the page around of the chat. */
  #attach(chat: Chat): () => void {
    const leave = (): void => {
      if (document.visibilityState === "hidden") chat.leave();
      else chat.wake();
    };
    let told = "";
    const tellState = (): void => {
      const { phase, isConnected } = chat.session();
      const state = `${phase} ${isConnected}`;
      if (state !== told) this.#tell("quickcard-state", { phase, isConnected });
      told = state;
    };
    const endTelling = chat.subscribe(tellState);
    addEventListener("online", chat.wake);
    document.addEventListener("visibilitychange", leave);
    return () => {
      endTelling();
      removeEventListener("online", chat.wake);
      document.removeEventListener("visibilitychange", leave);
      chat.leave();
      chat.stop();
    };
  }

  #end(): void {
    this.#endChat();
    this.#endChat = () => {};
    this.#chat = undefined;
  }

  #draw(): void {
    render(this.#chat ? <ChatView chat={this.#chat} heading={this.heading} /> : null, this.#root);
  }

  #tell<Name extends keyof QuickcardChatEventMap>(
    name: Name,
    detail: QuickcardChatEventMap[Name]["detail"],
  ): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function sourceOf(text: string, base: string): URL | undefined {
  if (text === "" || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url : undefined;
}

function constructStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([themeCss, messageCss, tappableCss, composerCss, chatCss, transcriptCss].join("\n"));
  return sheet;
}

declare global {
  interface HTMLElementTagNameMap {
    "quickcard-chat": QuickcardChatElement;
  }
  interface HTMLElementEventMap extends QuickcardChatEventMap {}
}

/** Makes `<quickcard-chat>` known to the page; harmless where it already is. */
export function defineChatElement(): void {
  if (!customElements.get("quickcard-chat")) customElements.define("quickcard-chat", QuickcardChatElement);
}
