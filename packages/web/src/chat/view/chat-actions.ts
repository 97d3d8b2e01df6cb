import type { ChatTap } from "../../chat-wire.ts";

/** What the views of a chat can have done. The same object for as long as the chat lasts. */
export interface ChatActions {
  sendText(text: string): void;
  sendPicture(picture: File): void;
  noteTyping(): void;
  tap(tap: ChatTap, label?: string): void;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  loadEarlier(): void;
  /** Watches whether the customer has a message before the eyes: a reference for its element. */
  watch(element: HTMLElement | null): (() => void) | undefined;
}
