import type { ErrorBody, ErrorDetail } from "@quickcard/client";
import { z } from "zod";

const errorDetailSchema = z.strictObject({
  errorCode: z.string(),
  fieldName: z.string().describe("JSON pointer into the body, or the name of a parameter or header."),
  message: z.string(),
}) satisfies z.ZodType<ErrorDetail>;

/** The body of every error. */
export const errorBodySchema = z
  .strictObject({
    message: z.string().describe("What is wrong and what to do."),
    code: z.string(),
    status: z.int(),
    contextId: z.string().describe("The correlation id, to name when you report it."),
    details: z.array(errorDetailSchema),
    get errors() {
      return z.array(errorBodySchema);
    },
  })
  .meta({ id: "Error" }) as unknown as z.ZodType<ErrorBody>;
