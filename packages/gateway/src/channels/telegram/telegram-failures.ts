import type { FailureClass } from "../failure-class.ts";

const refused = (meaning: string): FailureClass => ({ kind: "not-applied", permanent: true, meaning });

/**
 * Errors of Telegram's Bot API, by `error_code`. Every answer that says `"ok": false` below 500 is a refusal.
 *
 * https://core.telegram.org/bots/api#making-requests
 */
export const telegramFailures: Readonly<Record<number, FailureClass>> = {
  400: refused("A parameter is not valid, or there is no such chat."),
  401: { kind: "not-applied", pauseMs: 60_000, meaning: "The bot's token is not valid; set a new one." },
  403: refused("The customer has blocked the bot, or has not written to it yet."),
  404: { kind: "not-applied", pauseMs: 60_000, meaning: "The bot's token is not valid; set a new one." },
  429: { kind: "not-applied", pauseMs: 1000, meaning: "The bot sends too fast." },
};
