import { limits } from "../limits.ts";
/** How the platform calls an integration. Source: developer.genesys.cloud, Open Messaging, "Validate". */
export interface WebhookPolicy {
  /** How long an answer may take. Default: 10 s. */
  timeoutMs: number;
  /** How often a webhook is tried again. Default: 5. */
  retries: number;
  /** From the end of an attempt to the next. Default: 5 s. */
  retryDelayMs: number;
}

export const webhookPolicy: WebhookPolicy = {
  timeoutMs: limits.webhookTimeoutMs.value,
  retries: limits.webhookRetries.value,
  retryDelayMs: limits.webhookRetryDelayMs.value,
};

/** What an attempt came to: taken, worth another, or final. No answer at all counts as a timeout does. */
export type WebhookOutcome = "accepted" | "retryable" | "refused";

export function judgeAnswer(status: number | undefined): WebhookOutcome {
  if (status === undefined || status === 429 || status >= 500) return "retryable";
  return status >= 200 && status < 300 ? "accepted" : "refused";
}
