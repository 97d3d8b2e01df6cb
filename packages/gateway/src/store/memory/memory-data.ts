import type { MessageStatus } from "@quickcard/client";
import { finished } from "../../delivery/message-state.ts";
import type { PartRecord, RenderingRecord } from "../channel-records.ts";
import type {
  ContactRecord,
  EventRecord,
  InboundRecord,
  StatusRecord,
  StoredContact,
  StoredMessage,
} from "../records.ts";
import type { StoreChange } from "../store.ts";
import type { Entry } from "./memory-lanes.ts";

/** What an event tells; a message's event names it, and carries it as it is when it is read. */
type NewEvent = { contactId: string; conversationId: string } & (
  | { type: "message.inbound"; messageId: string }
  | { type: "message.status"; messageId: string; status: MessageStatus; reason?: string }
  | { type: "conversation.state"; state: ContactRecord["state"] | "deleted" }
);

type StoredEvent = NewEvent & { id: number; createdAt: number };

/** The tables of the memory store. Every change to them that somebody waits for is told once it is whole. */
export class MemoryData {
  readonly now: () => number;
  readonly contacts = new Map<string, StoredContact>();
  /** What channels were given, by message. */
  readonly renderings = new Map<string, RenderingRecord>();
  /** The bytes that customers' messages brought. */
  readonly media = new Map<string, Uint8Array>();
  /** What channels have taken, by message. */
  readonly parts = new Map<string, PartRecord[]>();
  readonly #messages = new Map<string, Entry | (InboundRecord & { seq: number })>();
  readonly #byContact = new Map<string, Set<string>>();
  readonly #waiting = new Map<string, Map<string, Entry>>();
  #events: StoredEvent[] = [];
  #seq = 0;
  #eventId = 0;
  readonly #listeners = new Set<(change: StoreChange) => void>();

  constructor(now: () => number) {
    this.now = now;
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  lastSeq(): number {
    return this.#seq;
  }

  contact(id: string): StoredContact | undefined {
    return this.contacts.get(id);
  }

  message(id: string): StoredMessage | undefined {
    return this.#messages.get(id);
  }

  outbound(id: string): Entry | undefined {
    const found = this.#messages.get(id);
    return found?.direction === "outbound" ? found : undefined;
  }

  /** The queued messages of a contact, in no order. */
  waiting(contactId: string): Iterable<Entry> {
    return this.#waiting.get(contactId)?.values() ?? [];
  }

  messagesOf(contactId: string): StoredMessage[] {
    const ids = [...(this.#byContact.get(contactId) ?? [])];
    return ids.flatMap((id) => this.#messages.get(id) ?? []);
  }

  allMessages(): StoredMessage[] {
    return [...this.#messages.values()];
  }

  insert(message: Entry | (InboundRecord & { seq: number })): void {
    this.#messages.set(message.id, message);
    const ids = this.#byContact.get(message.contactId) ?? new Set();
    this.#byContact.set(message.contactId, ids.add(message.id));
    if (message.direction === "outbound") this.#track(message);
  }

  remove(messageId: string): void {
    const message = this.#messages.get(messageId);
    if (!message) return;
    this.#messages.delete(messageId);
    this.renderings.delete(messageId);
    this.media.delete(messageId);
    this.parts.delete(messageId);
    this.#byContact.get(message.contactId)?.delete(messageId);
    this.#waiting.get(message.contactId)?.delete(messageId);
    this.#events = this.#events.filter((event) => !("messageId" in event) || event.messageId !== messageId);
  }

  removeContact(contactId: string): void {
    for (const id of [...(this.#byContact.get(contactId) ?? [])]) this.remove(id);
    this.#byContact.delete(contactId);
    this.#events = this.#events.filter((event) => event.contactId !== contactId);
    this.contacts.delete(contactId);
  }

  setStatus(entry: Entry, status: MessageStatus, reason: string | undefined): void {
    entry.status = status;
    delete entry.reason;
    if (reason !== undefined) entry.reason = reason;
    if (finished.includes(status)) entry.finishedAt ??= this.now();
    this.#track(entry);
    this.tellStatus(entry);
  }

  tellStatus(entry: Entry): void {
    const { contactId, conversationId, status, reason, id: messageId } = entry;
    const why = reason === undefined ? {} : { reason };
    this.tell({ type: "message.status", contactId, conversationId, messageId, status, ...why });
  }

  tell(event: NewEvent): void {
    this.#eventId += 1;
    this.#events.push({ ...event, id: this.#eventId, createdAt: this.now() });
    this.changed("events");
  }

  lastEventId(): number {
    return this.#eventId;
  }

  readEvents(afterId: number, limit: number, contactId?: string): EventRecord[] {
    const found = this.#events.filter(
      (event) => event.id > afterId && (!contactId || event.contactId === contactId),
    );
    return found.slice(0, limit).map((event) => this.#withMessage(event));
  }

  statusesOf(messageId: string): StatusRecord[] {
    return this.#events.flatMap((event) =>
      event.type === "message.status" && event.messageId === messageId
        ? [
            {
              status: event.status,
              at: event.createdAt,
              ...(event.reason === undefined ? {} : { reason: event.reason }),
            },
          ]
        : [],
    );
  }

  changed(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  onChange(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #withMessage(event: StoredEvent): EventRecord {
    if (event.type === "conversation.state") return { ...event };
    const { messageId, ...rest } = event;
    const message = this.#messages.get(messageId);
    if (!message) throw new Error("an event outlived its message");
    const { seq: _, position: __, finishedAt: ___, ...record } = structuredClone(message) as Entry;
    return { ...rest, message: record } as EventRecord;
  }

  #track(entry: Entry): void {
    const waiting = this.#waiting.get(entry.contactId) ?? new Map<string, Entry>();
    if (entry.status === "queued") waiting.set(entry.id, entry);
    else waiting.delete(entry.id);
    this.#waiting.set(entry.contactId, waiting);
  }
}

/** A copy without its place. */
export function withoutSeq({ seq: _, ...contact }: StoredContact): ContactRecord {
  return structuredClone(contact);
}
