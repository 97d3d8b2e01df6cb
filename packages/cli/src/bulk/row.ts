/** One row of a file, before its message is checked. */
export interface Row {
  /** From 1, as a person counts; the header of a table is not counted. */
  readonly number: number;
  /** What tells it from the other rows of the file. */
  readonly key: string;
  readonly contactId: string;
  readonly message: unknown;
}

/** A row that is not one. */
export class RowFault extends Error {
  override readonly name = "RowFault";
}

/** The row of some fields; its number is its key unless it has one of its own. */
export function toRow(number: number, fields: Readonly<Record<string, unknown>>, message: unknown): Row {
  const { contactId, key } = fields;
  if (typeof contactId !== "string" || contactId.trim() === "") throw new RowFault("contactId is missing");
  if (key !== undefined && typeof key !== "string") throw new RowFault("key is not text");
  return { number, key: key?.trim() || `row ${number}`, contactId: contactId.trim(), message };
}
