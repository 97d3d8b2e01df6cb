/** Answers to what we send are short; more than this is not read. */
const maxAnswerBytes = 65_536;

/**
 * The body of an answer, as JSON; `undefined` where it is none, is longer than 65,536 bytes, or did not arrive. The status line
 * tells what became of a request: whether the rest arrives changes nothing of that.
 */
export async function readJsonAnswer(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of body) {
      total += chunk.byteLength;
      if (total > maxAnswerBytes) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch {
    // Cut short, or not JSON: the caller goes by the status.
    return undefined;
  }
}
