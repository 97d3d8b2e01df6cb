import type { ContactRecord, EventRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { Cloud } from "../cloud.ts";
import type { LinkIntegration } from "../integrations.ts";
import type { LinkPolicy } from "../link-policy.ts";
import type { UntoldEvents } from "./untold-events.ts";

/** The part of the store that the link works on. */
export type LinkedStore = Pick<
  Store,
  | "findContact"
  | "findMessage"
  | "listStatuses"
  | "recordLinkedMessage"
  | "findLinkedMessage"
  | "linkConversation"
  | "findLinkedConversation"
  | "settleConversationCheck"
  | "forgetLinkedConversation"
>;

/** Where Genesys Cloud finds what a customer sent; `undefined` where it cannot be had from here. */
export type MediaUrl = (contact: ContactRecord, messageId: string) => string | undefined;

/** What telling Genesys Cloud stands on. */
export interface TellOptions {
  cloud: Cloud;
  store: LinkedStore;
  integrations: readonly LinkIntegration[];
  policy: LinkPolicy;
  /** Absent: media that have no address are told in words. */
  mediaUrl?: MediaUrl | undefined;
  /** What this process knows of attempts before. */
  untold: UntoldEvents;
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** One event on its way to Genesys Cloud. */
export interface Telling<Event extends EventRecord = EventRecord> extends TellOptions {
  event: Event;
  /** Whether an earlier attempt may have told it already. */
  isRepeated: boolean;
  signal: AbortSignal;
}
