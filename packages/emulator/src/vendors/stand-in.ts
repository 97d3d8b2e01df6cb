import type { Fault } from "./fault-queue.ts";
import type { WebhookAttempt } from "./webhook-outbox.ts";

/** The vendors that have a stand-in. */
export const vendors = ["whatsapp", "messenger", "instagram", "line", "telegram"] as const;

export type Vendor = (typeof vendors)[number];

/** What a stand-in takes of the world. */
export interface StandInWorld {
  /**
   * Where its customers and chats are kept across restarts; what a webhook has not delivered is not. One stand-in has it at a
   * time. Default: nowhere.
   */
  file?: string;
  /** Milliseconds since 1970. Default: the machine's clock. */
  now?: () => number;
  /** Waits between two tries of a webhook. Default: by the machine's clock. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** Takes webhooks to the program, and brings its answer back. Default: over HTTP. */
  deliver?: (request: Request) => Promise<Response>;
}

/** A button or choice on a message that a program sent. */
export interface ShownChoice {
  /** What a tap names: the vendor's own id, payload or data. */
  id: string;
  label: string;
}

/** What the customer sees of a message, whatever the vendor's format. */
export interface Shown {
  /** From top to bottom. */
  texts: string[];
  /** Addresses of pictures, sounds, films and files. */
  media: string[];
  /** What the media are. Default: pictures. */
  mediaKind?: CustomerMedia["kind"];
  choices: ShownChoice[];
  /** Buttons that open a page. */
  links: { label: string; url: string }[];
  place?: { latitude: number; longitude: number };
  /** Whether the choices stand in a list that has to be opened. */
  hasList?: true;
  /** The cards side by side on which all this stands. Absent where there are none. */
  cards?: Shown[];
}

/** How far a message has come by the vendor's own account. */
export type VendorStatus = "accepted" | "delivered" | "read" | "failed";

/** A message that a program sent: one bubble. */
export interface ReceivedMessage {
  /** The vendor's id of it. */
  id: string;
  /** The customer's address. */
  to: string;
  /** When it was taken. Milliseconds since 1970. */
  at: number;
  status: VendorStatus;
  /** The vendor's own code, where it failed. */
  failure?: number;
  /** As it was sent, in the vendor's format. */
  body: unknown;
  shown: Shown;
}

/** A picture, sound, film or file that a customer sends. */
export interface CustomerMedia {
  kind: "image" | "audio" | "video" | "file";
  url: string;
  mimeType?: string;
  filename?: string;
  caption?: string;
}

/** What a customer did, as their own phone shows it. */
export type CustomerDoing =
  | { type: "text"; text: string }
  | { type: "tap"; label: string; messageId: string; choiceId: string }
  | ({ type: "media" } & CustomerMedia)
  | { type: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { type: "block" };

/** One line of a chat: what a program sent, or what the customer did. */
export type ChatEntry =
  | { from: "program"; message: ReceivedMessage }
  | { from: "customer"; at: number; doing: CustomerDoing };

/** A customer with the vendor's app. Each action sends the webhooks that the vendor would send. */
export interface Customer {
  readonly address: string;
  type(text: string): void;
  /** Taps a choice. @throws where the message has none with this id. */
  tap(messageId: string, choiceId: string): void;
  /** Opens the chat: everything up to this message has been seen. Default: up to the newest. */
  read(messageId?: string): void;
  sendMedia(media: CustomerMedia): void;
  sendLocation(place: { latitude: number; longitude: number; name?: string; address?: string }): void;
  /** Cannot be reached from now on, as after a block. */
  block(): void;
}

/** A vendor in this process: it takes what the vendor takes, refuses what it refuses, and answers in its words. */
export interface StandIn {
  readonly vendor: Vendor;
  /** Answers the vendor's API. Rejects with `ConnectionCutError` where a fault cuts the connection. */
  fetch(request: Request): Promise<Response>;
  customer(address: string, name?: string): Customer;
  /** Oldest first; the newest 10,000. */
  received(to?: string): ReceivedMessage[];
  /** What was sent to a customer and what they did, oldest first. */
  chat(address: string): ChatEntry[];
  /** Everyone who was written to, or has written. */
  customers(): { address: string; name: string }[];
  /** Calls back at whatever changes in a chat. @returns Ends that. */
  watch(listener: () => void): () => void;
  /** Goes wrong at the next sends. */
  fault(...faults: Fault[]): void;
  /** Every try to deliver a webhook, oldest first; the newest 10,000. */
  webhooks(): WebhookAttempt[];
  /** Sends the webhooks delivered so far once more, as they were. */
  replayWebhooks(): void;
  /** Resolves when every webhook was taken or given up. */
  settled(): Promise<void>;
  /** Gives up the webhooks that wait, and closes the file. */
  close(): void;
}
