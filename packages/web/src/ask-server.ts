import { isObject } from "./is-object.ts";

/** The server that the page came from said no, in its own words. */
class ServerRefusal extends Error {
  override readonly name = "ServerRefusal";
}

/** Asks something of a server: with a file, or what is sent as JSON. Its answer is taken for what is expected. @throws ServerRefusal */
export type AskServer = <Answer>(method: string, path: string, body?: object | Blob) => Promise<Answer>;

/** Makes what asks the server that the page came from, below a path; `name` is what people call it. */
export function askServer(below: string, name: string): AskServer {
  return async <Answer>(method: string, path: string, body?: object | Blob): Promise<Answer> => {
    const response = await fetch(below + path, { method, ...(body && bodyOf(body)) });
    const text = await response.text();
    if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as Answer;
    throw new ServerRefusal(wordsOf(text) ?? `The ${name} answered ${response.status}.`);
  };
}

function bodyOf(body: object | Blob) {
  if (body instanceof Blob) return { headers: { "content-type": body.type }, body };
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function wordsOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) && typeof body.message === "string" ? body.message : undefined;
  } catch {
    return undefined;
  }
}
