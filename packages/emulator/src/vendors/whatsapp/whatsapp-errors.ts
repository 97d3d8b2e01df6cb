import type { GraphError } from "../meta/graph-error.ts";

/** WhatsApp's errors that the stand-in gives, from its list of error codes. */
export const whatsAppErrors = {
  130429: {
    status: 429,
    message: "Rate limit hit",
    details:
      "Message failed to send because there were too many messages sent from this phone number in a short period of time",
  },
  131000: {
    status: 500,
    message: "Something went wrong",
    details: "Message failed to send due to an unknown error",
  },
  131008: { status: 400, message: "Required parameter is missing" },
  131009: { status: 400, message: "Parameter value is not valid" },
  131021: {
    status: 400,
    message: "Recipient cannot be sender",
    details: "Sender and recipient phone number is the same",
  },
  131026: { status: 400, message: "Message undeliverable", details: "Message Undeliverable." },
  131047: {
    status: 400,
    message: "Re-engagement message",
    details:
      "Message failed to send because more than 24 hours have passed since the customer last replied to this number",
  },
  131051: {
    status: 400,
    message: "Unsupported message type",
    details: "Message type is not currently supported",
  },
  131053: { status: 400, message: "Media upload error" },
  131056: {
    status: 429,
    message: "Pair rate limit hit",
    details:
      "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time",
  },
  132000: { status: 400, message: "Number of parameters does not match the expected number of params" },
  132001: { status: 404, message: "Template name does not exist in the translation" },
} as const satisfies Record<number, Omit<GraphError, "code">>;

export type WhatsAppErrorCode = keyof typeof whatsAppErrors;

export function whatsAppError(code: WhatsAppErrorCode, details?: string): GraphError {
  return { code, ...whatsAppErrors[code], ...(details === undefined ? {} : { details }) };
}
