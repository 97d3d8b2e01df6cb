import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "hono";
import { limits } from "../limits.ts";
import { ApiError } from "./api-error.ts";

/** Node's side of a request, as `@hono/node-server` hands it on; nothing for a request from the same process. */
export interface NodeBindings {
  incoming?: IncomingMessage;
  outgoing?: ServerResponse;
}

/** Node's side of a request. Reading and writing there costs a fraction of what it does through `Request` and `Response`. */
export function nodeBindings(c: Context): NodeBindings {
  return (c.env ?? {}) as NodeBindings;
}

/** A header of a request, by its name in lower case. */
export function readHeader(c: Context, name: string): string | undefined {
  const { incoming } = nodeBindings(c);
  if (incoming === undefined) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** All headers of a request. */
export function readHeaders(c: Context): Record<string, string> {
  const { incoming } = nodeBindings(c);
  return incoming === undefined ? c.req.header() : (incoming.headers as Record<string, string>);
}

/** Reads a body's bytes. @throws ApiError where there are more than allowed: by default, than the platform takes. */
export function readBytes(c: Context, mostBytes: number = limits.bodyBytes.value): Promise<Buffer> {
  const { incoming } = nodeBindings(c);
  if (Number(readHeader(c, "content-length") ?? 0) > mostBytes) return Promise.reject(tooLarge(mostBytes));
  return incoming === undefined ? readStream(c.req.raw.body, mostBytes) : readIncoming(incoming, mostBytes);
}

async function readStream(body: Request["body"], mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** By events: an iterator over the stream costs half of what the rest of a request does. */
function readIncoming(incoming: IncomingMessage, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else reject(tooLarge(mostBytes));
    });
    incoming.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.on("error", () => reject(new ApiError("bad.request", "The body was cut short.")));
  });
}

/** Reads a body as text. @throws ApiError */
export async function readText(c: Context, mostBytes?: number): Promise<string> {
  return (await readBytes(c, mostBytes)).toString("utf8");
}

function tooLarge(mostBytes: number): ApiError {
  return new ApiError(
    "request.entity.too.large",
    "The request body has more than {limit} bytes, the platform's request.bytes.max.",
    { limit: String(mostBytes) },
  );
}

/** Writes an answer: to Node's side where there is one. */
export function writeAnswer(
  c: Context,
  status: number,
  headers: Record<string, string>,
  body: string | undefined,
): Response {
  const { outgoing } = nodeBindings(c);
  if (outgoing === undefined) return new Response(body ?? null, { status, headers });
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length }).end(body);
  return alreadySent;
}

/** What tells `@hono/node-server` that nothing is left to write. */
export const alreadySent = new Response(null, { headers: { "x-hono-already-sent": "true" } });
