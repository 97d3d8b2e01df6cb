import { contentSchema, createSchemas, messageSchema } from "../schemas.ts";
import type { UrlOptions } from "./url-rules.ts";

const strict = { content: contentSchema, message: messageSchema };
const allowingHttp = createSchemas({ allowHttp: true });

/** The schemas for what a check allows. */
export function allowedSchemas({ allowHttp }: UrlOptions): typeof strict {
  return allowHttp ? allowingHttp : strict;
}
