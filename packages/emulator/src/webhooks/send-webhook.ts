import { type Dispatcher, request } from "undici";
import type { EmulatorClock } from "../time/emulator-clock.ts";

/** A call that the emulator makes. */
export interface OutgoingCall {
  method: "POST" | "GET";
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
}

/** What came of it: an answer, or why there is none. */
export interface CallResult {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  failure?: string;
  durationMs: number;
}

/** How much of an answer is read. */
const mostAnswerBytes = 512_000;

/** Calls another server and reads its answer, within a time by the organisation's clock. Follows no redirect, throws nothing. */
export async function call(
  dispatcher: Dispatcher,
  clock: EmulatorClock,
  { method, url, headers, body, timeoutMs }: OutgoingCall,
): Promise<CallResult> {
  const startedAt = performance.now();
  const abort = new AbortController();
  const cancel = clock.schedule(timeoutMs, () =>
    abort.abort(new Error(`no answer within ${timeoutMs / 1000} seconds`)),
  );
  try {
    const answer = await request(url, {
      method,
      headers,
      ...(method === "GET" ? {} : { body }),
      dispatcher,
      signal: abort.signal,
    });
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: await readSome(answer.body),
      durationMs: performance.now() - startedAt,
    };
  } catch (error) {
    const reason = abort.signal.aborted ? abort.signal.reason : error;
    return { failure: describe(reason), durationMs: performance.now() - startedAt };
  } finally {
    cancel();
  }
}

async function readSome(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostAnswerBytes) throw new Error(`the answer has more than ${mostAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

function describe(reason: unknown): string {
  if (!(reason instanceof Error)) return "the call failed";
  const { code } = reason as NodeJS.ErrnoException;
  return reason.message || code || reason.name;
}
