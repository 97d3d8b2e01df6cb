import * as z from "#zod";
import type { MessageBody } from "./message-body.ts";
import { plainCopy } from "./plain-copy.ts";
import { allowedSchemas } from "./schema/allowed-schemas.ts";
import type { UrlOptions } from "./schema/url-rules.ts";

/**
 * Whether a value is the body of a send that `validateMessage` takes. It loads none of what says what is wrong: for programs
 * whose messages are seldom wrong, and which load that then.
 */
export function isValidMessage(value: unknown, options: UrlOptions = {}): value is MessageBody {
  return z.safeParse(allowedSchemas(options).message, plainCopy(value)).success;
}
