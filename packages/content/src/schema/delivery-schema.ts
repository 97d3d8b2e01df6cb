import * as z from "#zod";
import { deliveryModes } from "../delivery-options.ts";
import { limits } from "../limits.ts";
import type { Problem } from "../problems/problem.ts";
import { customIssue, described, text } from "./schema-parts.ts";

/** A pattern for JSON Schema: a date and time of ISO 8601 in full, with `Z` or an offset. */
const instantPattern =
  "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$";

/** The schema of how a message is to be delivered. */
export function deliverySchema() {
  const mode = described(z.enum(deliveryModes), {
    description: "What is done where nobody can tell whether the message arrived; default: `reconcile`.",
  });
  const options = z.strictObject({
    mode: z.exactOptional(mode),
    sendAt: z.exactOptional(instant("Not delivered before this instant.")),
    expiresAt: z.exactOptional(
      instant("Not delivered after this instant; default: 24 hours after it was accepted or is to be sent."),
    ),
  });
  return described(options.check(z.check(expiresLater)), {
    id: "DeliveryOptions",
    title: "Delivery options",
    description: "How and when the message is to be delivered.",
  });
}

function instant(description: string): z.ZodMiniString {
  return text(description, {
    maxLength: limits.instant,
    pattern: instantPattern,
    problem: instantProblem,
    examples: ["2026-11-24T09:00:00Z", "2026-11-24T10:00:00+01:00"],
  });
}

/** What makes a string unfit as an instant. */
function instantProblem(value: string): Problem | undefined {
  if (!new RegExp(instantPattern).test(value)) {
    return {
      message: "is not an instant of ISO 8601",
      fix: 'Give date and time in full, with Z or an offset, such as "2026-11-24T09:00:00Z".',
    };
  }
  const day = value.slice(0, 10);
  // `Date` takes February 30th for the 2nd of March.
  if (new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return undefined;
  return { message: "is on a day that its month does not have", fix: "Give a day of the calendar." };
}

function expiresLater({ value, issues }: z.core.ParsePayload<{ sendAt?: string; expiresAt?: string }>): void {
  const { sendAt, expiresAt } = value;
  if (sendAt === undefined || expiresAt === undefined || Date.parse(expiresAt) > Date.parse(sendAt)) return;
  const fix = 'Give an instant after that of "sendAt".';
  issues.push(customIssue(value, ["expiresAt"], 'is not after "sendAt"', { fix }));
}
