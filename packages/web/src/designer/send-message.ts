import type { Content } from "@quickcard/content";

/** What came of a send. */
export type SendResult =
  | { ok: true; id: string; status: string; notices: number }
  | { ok: false; message: string };

/** Whom a message goes to, and in whose name. */
export interface Recipient {
  contactId: string;
  /** The OAuth client that sends; empty where there is a token already. */
  clientId: string;
  /** The client's secret, or without a client the access token. */
  secret: string;
}

const answerWithinMs = 20_000;

/** Sends a content through the gateway that serves this page. The same key again sends nothing twice. */
export async function sendMessage(
  content: Content,
  { contactId, clientId, secret }: Recipient,
  idempotencyKey: string,
): Promise<SendResult> {
  const path = `/api/v2/conversations/messaging/contacts/${encodeURIComponent(contactId.trim())}/messages`;
  try {
    const token = clientId.trim() === "" ? secret.trim() : await fetchToken(clientId.trim(), secret.trim());
    if (token === undefined)
      return { ok: false, message: "The gateway does not know this client and secret." };
    const response = await fetch(path, {
      method: "POST",
      credentials: "omit",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify({ type: "message", content }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return readAnswer(response.ok, response.status, await response.json().catch(() => undefined));
  } catch (error) {
    // What cannot stand in a header is in the token, and no request was made.
    if (error instanceof TypeError && /[^\x20-\x7e]/.test(secret.trim()))
      return { ok: false, message: "This token cannot be one: it holds characters that no token has." };
    return {
      ok: false,
      message: "The gateway did not answer. Sending again is safe: nothing goes out twice.",
    };
  }
}

/** A token by the client credentials grant; `undefined` where the gateway refuses. */
async function fetchToken(clientId: string, clientSecret: string): Promise<string | undefined> {
  const response = await fetch("/oauth/token", {
    method: "POST",
    credentials: "omit",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  return response.ok ? ((await response.json()) as { access_token: string }).access_token : undefined;
}

function readAnswer(isOk: boolean, status: number, body: unknown): SendResult {
  const answer = (body ?? {}) as Record<string, unknown>;
  if (isOk) {
    const notices = Array.isArray(answer.notices) ? answer.notices.length : 0;
    return { ok: true, id: String(answer.id), status: String(answer.status), notices };
  }
  const words = typeof answer.message === "string" ? answer.message : `The gateway answered ${status}.`;
  return { ok: false, message: hints[status] === undefined ? words : `${words} ${hints[status]}` };
}

const hints: Record<number, string> = {
  401: "A token lasts an hour; get a new one.",
  404: "Check the id of the contact.",
};
