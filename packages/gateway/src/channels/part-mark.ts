/** What names one part of one attempt to send a message. */
export interface PartMark {
  messageId: string;
  /** 1 for the first. */
  number: number;
  attempt: number;
}

const form = /^qc:([0-9a-f-]{36}):(\d{1,4}):(\d{1,6})$/;

/** A mark as text, for a field that the channel gives back. */
export function writeMark({ messageId, number, attempt }: PartMark): string {
  return `qc:${messageId}:${number}:${attempt}`;
}

/** `undefined` where the text is not one of our marks. */
export function readMark(text: unknown): PartMark | undefined {
  const [, messageId, number, attempt] = (typeof text === "string" && form.exec(text)) || [];
  return messageId === undefined
    ? undefined
    : { messageId, number: Number(number), attempt: Number(attempt) };
}
