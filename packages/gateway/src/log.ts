import { destination, type Logger, pino, stdTimeFunctions } from "pino";
import type { Settlement } from "./store/store.ts";

/** How much a log holds: each level has what those before it have, and more. */
export type LogLevel = "silent" | "error" | "warn" | "info" | "debug";

/** A gateway's log: one JSON object a line on standard error, with times and levels that people can read. */
export function createLogger(level: LogLevel): Logger {
  return pino(
    { level, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    destination({ fd: 2, sync: true }),
  );
}

const levelOf = {
  sent: "debug",
  retry_wait: "info",
  ambiguous: "info",
  unknown: "warn",
  failed: "warn",
} as const satisfies Record<Settlement["decision"]["status"], LogLevel>;

/** Tells a log what came of each attempt to deliver. Reasons are our own words, never those of a message. */
export function settlementLog(logger: Logger): (settlement: Settlement) => void {
  return ({ claim: { message, contact, attempt }, decision }) => {
    const { status } = decision;
    const ids = { messageId: message.id, contactId: contact.id, channel: contact.channel };
    const reason = "reason" in decision ? { reason: decision.reason } : {};
    logger[levelOf[status]]({ ...ids, status, attempt, ...reason }, "delivery");
  };
}
