/** The contacts API's error codes for a body that is not right. */
export type IssueCode = "invalid.content.type" | "invalid.value" | "required.fields.missing" | "bad.request";

/** One thing that is wrong with a value, and what would be right. */
export interface Issue {
  /** Where, as a JSON pointer (RFC 6901); empty for the value itself. */
  pointer: string;
  code: IssueCode;
  /** What is wrong, without a full stop. It never holds the text of a message, so that it may be logged. */
  message: string;
  /** What would be right: a sentence. */
  fix: string;
  /** The known name nearest to a name that is not known. */
  suggestion?: string;
}
