import type { DeadLetterCount, DeadLetterSelection } from "@quickcard/client";
import { channels } from "@quickcard/content";
import { z } from "zod";
import { messageStatuses } from "./schemas.ts";

/** Statuses as a parameter names them: with commas between. */
export const statusListSchema = z
  .string()
  .max(200)
  .transform((list) => list.split(","))
  .pipe(z.array(z.enum(messageStatuses, `must be a list, with commas, of ${messageStatuses.join(", ")}`)))
  .describe("Statuses, with commas between.");

const statuses = z
  .array(z.enum(["failed", "unknown", "expired"], "must be failed, unknown or expired"))
  .min(1, "must have at least one entry")
  .max(3, "must have at most 3 entries");

/** The body that selects dead letters. */
export const deadLetterSelectionSchema = z
  .strictObject({
    statuses: statuses.exactOptional(),
    contactId: z.string().max(64).exactOptional(),
    channel: z.enum(channels, `must be one of ${channels.join(", ")}`).exactOptional(),
    before: z.iso
      .datetime({ offset: true, error: "must be an instant of ISO 8601, such as 2026-11-24T09:00:00Z" })
      .exactOptional()
      .describe("Only those that were accepted before this instant."),
    limit: z
      .int("must be a whole number from 1 to 1000")
      .min(1, "must be at least 1")
      .max(1000, "must be at most 1000")
      .default(100)
      .describe("At most so many, those first that were accepted first."),
  })
  .meta({ id: "DeadLetterSelection" }) satisfies z.ZodType<DeadLetterSelection>;

/** How many there were. */
export const deadLetterCountSchema = z
  .strictObject({ count: z.int().describe("How many were sent again or dropped.") })
  .meta({ id: "DeadLetterCount" }) satisfies z.ZodType<DeadLetterCount>;
