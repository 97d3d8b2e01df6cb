import type {
  ConversationStateEvent,
  Event,
  InboundContent,
  InboundMessageEvent,
  MessageStatusEvent,
  Tap,
} from "../contacts-api.ts";

/** What a customer can send other than a tap. */
export type WrittenContent = Exclude<InboundContent, Tap>;

/** What a handler gives back; a promise is waited for. */
type Handled = void | Promise<void>;

/** What to do about each kind of event. Kinds without a handler are passed by. */
export interface EventHandlers {
  /** A customer tapped a choice or a button: `tap.value` is what it returns, `event.contactId` who it was. */
  readonly onTap?: ((tap: Tap, event: InboundMessageEvent) => Handled) | undefined;
  /** A customer wrote something. */
  readonly onMessage?: ((content: WrittenContent, event: InboundMessageEvent) => Handled) | undefined;
  /** A message to a customer moved on: `event.status` is how far it has come. */
  readonly onStatus?: ((event: MessageStatusEvent) => Handled) | undefined;
  /** A conversation opened, closed, was reopened or deleted. */
  readonly onConversation?: ((event: ConversationStateEvent) => Handled) | undefined;
}

/** Gives an event to its handler, and waits for it. Kinds of a newer gateway are passed by. */
export async function handleEvent(handlers: EventHandlers, event: Event): Promise<void> {
  if (event.type === "message.status") await handlers.onStatus?.(event);
  else if (event.type === "conversation.state") await handlers.onConversation?.(event);
  else if (event.type === "message.inbound") await handleInbound(handlers, event);
}

async function handleInbound({ onTap, onMessage }: EventHandlers, event: InboundMessageEvent): Promise<void> {
  const { content } = event.message;
  if (content.type === "tap") await onTap?.(content, event);
  else await onMessage?.(content, event);
}
