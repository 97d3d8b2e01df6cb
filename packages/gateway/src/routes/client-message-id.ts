import { z } from "zod";

/** The id that the customer's page gives a message: the same again is the same message. */
export const clientMessageId = z.string().min(1).max(64);
