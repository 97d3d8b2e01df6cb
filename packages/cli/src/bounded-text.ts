import { errorCode } from "./errors/error-code.ts";
import { Failure } from "./errors/failure.ts";

/**
 * Reads a stream of UTF-8 to its end.
 * @throws Failure if it holds more than `maxBytes`, or is not UTF-8.
 */
export async function readBoundedText(
  source: AsyncIterable<Uint8Array | string>,
  name: string,
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > maxBytes) throw tooLarge(name, maxBytes);
      chunks.push(bytes);
    }
  } catch (cause) {
    // The system's own error names no path here.
    throw errorCode(cause) === "EISDIR" ? folder(name, cause) : cause;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new Failure({
      code: "not_utf8",
      message: `${name} is not UTF-8 text.`,
      fix: "Save it as UTF-8.",
      cause,
    });
  }
}

function folder(name: string, cause: unknown): Failure {
  return new Failure({ code: "EISDIR", message: `${name} is a folder.`, fix: "Name a file in it.", cause });
}

function tooLarge(name: string, maxBytes: number): Failure {
  return new Failure({
    code: "input_too_large",
    message: `${name} holds more than ${maxBytes.toLocaleString("en")} bytes.`,
    fix: "Send media by URL instead of inside the message, or name the right file.",
  });
}
