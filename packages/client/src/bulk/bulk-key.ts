/**
 * The idempotency key of a row: the same for the same batch and row key, whatever characters they hold, and for no others.
 * It is a hash, because a row's own key may be a customer's name or number, and keys travel in headers.
 */
export async function bulkKey(batch: string, rowKey: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([batch, rowKey]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `bulk-${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
