const maxBodyBytes = 1_048_576;

/** Reads a JSON object of at most 1 MiB; `undefined` where the body is none. */
export async function readJson(request: Request): Promise<Record<string, unknown> | undefined> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength > maxBodyBytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not UTF-8, or not JSON: the caller refuses it in its vendor's words.
    return undefined;
  }
}
