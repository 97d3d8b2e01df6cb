/** Where a message of ours is in Genesys Cloud. */
export interface LinkedMessageRecord {
  messageId: string;
  contactId: string;
  integrationId: string;
  /** Genesys Cloud's id of it. */
  remoteId: string;
  /** `origin`: Genesys Cloud sent it. `transcript`: we did, and Genesys Cloud has its text for the agents. */
  role: "origin" | "transcript";
  /** Which part of Genesys Cloud's message it is, from 0, and of how many: one of theirs can be several of ours. */
  part: number;
  parts: number;
  createdAt: number;
}

/** The conversation that Genesys Cloud has with a contact: the last one that was heard of. */
export interface LinkedConversationRecord {
  contactId: string;
  integrationId: string;
  /** Genesys Cloud's id of it. */
  remoteId: string;
  phase: "open" | "ended";
}

/** Conversations to look at, and how long until there may be more, by the store's clock. */
export interface ConversationChecks {
  conversations: LinkedConversationRecord[];
  nextInMs: number | undefined;
}

/** What the store keeps of the link to Genesys Cloud. */
export interface LinkStore {
  /** Keeps where a message is. The first word on a message holds. */
  recordLinkedMessage(record: LinkedMessageRecord): Promise<void>;
  findLinkedMessage(messageId: string): Promise<LinkedMessageRecord | undefined>;

  /** Keeps that a conversation goes on, and has it looked at within `checkInMs`. */
  linkConversation(conversation: Omit<LinkedConversationRecord, "phase">, checkInMs: number): Promise<void>;
  findLinkedConversation(contactId: string): Promise<LinkedConversationRecord | undefined>;
  /** Claims open conversations that are due, those first that have been due longest, for `leaseMs`. */
  claimConversationChecks(request: { limit: number; leaseMs: number }): Promise<ConversationChecks>;
  /**
   * Says what was seen: that it has ended, or when to look again. No change where the contact has another conversation
   * by now.
   */
  settleConversationCheck(
    conversation: Pick<LinkedConversationRecord, "contactId" | "remoteId">,
    seen: { phase: "ended" } | { nextInMs: number },
  ): Promise<void>;
  /** Forgets the conversation of a contact. It outlives the contact, so that it can be ended. */
  forgetLinkedConversation(contactId: string): Promise<void>;
}
