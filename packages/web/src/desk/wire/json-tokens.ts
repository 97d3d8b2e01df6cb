/** A piece of JSON text; what is neither name nor value has no kind. */
export interface JsonToken {
  kind: "name" | "string" | "number" | "word" | undefined;
  text: string;
}

/** Above so many characters a body is shown in one colour. */
const mostCharacters = 60_000;

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A body as it is read best: JSON with a line for each field, anything else as it came. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Takes JSON apart for colouring; all pieces together are the text again. */
export function jsonTokens(text: string): JsonToken[] {
  if (text.length > mostCharacters || !/^\s*[[{]/.test(text)) return [{ kind: undefined, text }];
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    tokens.push({ kind: undefined, text: text.slice(end, match.index) }, ...coloured(match));
    end = match.index + match[0].length;
  }
  return [...tokens, { kind: undefined, text: text.slice(end) }].filter((piece) => piece.text !== "");
}

function coloured([whole, string, colon = "", number]: RegExpMatchArray): JsonToken[] {
  if (string === undefined) return [{ kind: number === undefined ? "word" : "number", text: whole }];
  return [
    { kind: colon ? "name" : "string", text: string },
    { kind: undefined, text: colon },
  ];
}
