import { z } from "zod";

/** A place in a list, as its reader holds it: opaque, so that what it is made of can change. */
function toCursor(seq: number): string {
  return Buffer.from(`s${seq}`).toString("base64url");
}

/** Reads a cursor back into a place. */
export const cursorSchema = z
  .string()
  .max(64)
  .transform((cursor, context) => {
    const seq = /^s(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1];
    if (seq !== undefined) return Number(seq);
    context.addIssue({ code: "custom", message: "is not a cursor from nextUri; begin again without it" });
    return z.NEVER;
  });

/** How many entries a page holds. */
export const pageSizeSchema = z.coerce
  .number("must be a whole number from 1 to 100")
  .int("must be a whole number from 1 to 100")
  .min(1, "must be at least 1")
  .max(100, "must be at most 100")
  .default(25)
  .describe("How many entries a page holds.");

/** One page of a list whose entries carry their place: `rows` holds one more than the page where there are more. */
export function toPage<Row extends { seq: number }, Entity>(
  rows: Row[],
  pageSize: number,
  here: { path: string; query: Record<string, string | undefined> },
  toEntity: (row: Row) => Entity,
): { entities: Entity[]; pageSize: number; nextUri?: string } {
  const shown = rows.slice(0, pageSize);
  const page = { entities: shown.map(toEntity), pageSize };
  const last = shown.at(-1);
  if (rows.length <= pageSize || !last) return page;
  const query = new URLSearchParams({ pageSize: String(pageSize) });
  for (const [name, value] of Object.entries(here.query)) if (value !== undefined) query.set(name, value);
  query.set("after", toCursor(last.seq));
  return { ...page, nextUri: `${here.path}?${query}` };
}
