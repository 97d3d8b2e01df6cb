/** One send, from its first request to what its sender learnt in the end. */
export interface Operation {
  contactId: string;
  /** The place among the contact's sends, from 0. */
  number: number;
  text: string;
  /** How often the request was made. */
  requests: number;
  /** The id in the 201; `undefined` where none ever came. */
  messageId?: string;
}

/** What a message says: it names itself, so that a log of texts can be judged. */
export function textOf(contactIndex: number, number: number): string {
  return `contact ${contactIndex}, message ${number}`;
}
