/** Makes an id that no other message has. `crypto.randomUUID` exists only where the page came over HTTPS or from localhost. */
export function createClientMessageId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
