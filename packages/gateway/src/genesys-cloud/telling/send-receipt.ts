import { NotFoundError } from "@quickcard/client";
import type {
  ConversationReason,
  OpenInboundNormalizedReceipt,
  OpenReceiptNormalizedMessage,
  ReasonCode,
} from "@quickcard/client/genesys-cloud";
import type { Cloud } from "../cloud.ts";

/** A receipt that was answered with 2xx and a body that says `Failed`: it is not noted. */
export class RefusedReceiptError extends Error {
  override readonly name = "RefusedReceiptError";
  /** Whether the same receipt may be taken later. */
  readonly isPassing: boolean;

  constructor({ code = unnamed, message }: ConversationReason) {
    super(`Genesys Cloud took the receipt as Failed: ${code}: ${message}`);
    this.isPassing = passing.includes(code);
  }
}

/** What a reason without a code is taken for. */
const unnamed: ReasonCode = "GeneralError";

/** Reasons that pass. */
const passing: readonly ReasonCode[] = ["RateLimited", "ServerError", "GeneralError"];

/**
 * Tells what became of a message; also where Genesys Cloud knows the message no more, since there is nobody to tell then.
 *
 * @throws RefusedReceiptError, OpenMessagingError
 */
export async function sendReceipt(
  cloud: Pick<Cloud, "openMessaging">,
  integrationId: string,
  receipt: OpenInboundNormalizedReceipt,
  signal: AbortSignal,
): Promise<void> {
  try {
    const answer = await cloud.openMessaging.receiveReceipt(integrationId, receipt, { signal });
    const refusal = refusalOf(receipt, answer);
    if (refusal && refusal.code !== "UnknownMessage") throw new RefusedReceiptError(refusal);
  } catch (error) {
    if (!NotFoundError.is(error)) throw error;
  }
}

/**
 * Why a receipt was refused. The answer to one that was taken repeats it, so that one which says `Failed` itself is refused only for a
 * reason that it did not give.
 */
function refusalOf(
  receipt: OpenInboundNormalizedReceipt,
  { status, reasons = [] }: Pick<OpenReceiptNormalizedMessage, "status" | "reasons">,
): ConversationReason | undefined {
  if (status !== "Failed") return undefined;
  if (receipt.status !== "Failed") return reasons[0] ?? { message: "It gave no reason." };
  return reasons.find(({ code }) => !receipt.reasons?.some((given) => given.code === code));
}
