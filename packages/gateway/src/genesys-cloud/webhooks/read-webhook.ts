import type { OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import { z } from "zod";

const person = z.looseObject({ id: z.string().min(1).max(512) });

/** What must be there for a webhook to be taken; everything else is looked at where it is used. */
const webhookSchema = z.looseObject({
  id: z.string().min(1).max(256),
  type: z.enum(["Text", "Structured", "Receipt", "Event"]),
  channel: z.looseObject({ id: z.string().max(128).optional(), to: person, from: person.optional() }),
  text: z.string().optional(),
  content: z.array(z.looseObject({ contentType: z.string() })).optional(),
  conversationId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .optional(),
});

/** Reads the body of a webhook; `undefined` where it is nothing that can be taken, whoever signed it. */
export function readWebhook(json: string): OpenOutboundNormalizedMessage | undefined {
  try {
    const read = webhookSchema.safeParse(JSON.parse(json));
    return read.success ? (read.data as unknown as OpenOutboundNormalizedMessage) : undefined;
  } catch {
    return undefined;
  }
}
