const loopbackHosts = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether a client may be registered with this address: https, or http on the loopback address. */
export function isRegistrableRedirectUri(uri: string): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.hash !== "" || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || isLoopback(url);
}

/**
 * Whether an authorization request may be sent back to `uri`. It must equal a registered one; on the loopback
 * address the port may differ, since a program there takes one that is free (RFC 8252, section 7.3).
 */
export function isAllowedRedirectUri(uri: string, registered: readonly string[]): boolean {
  if (!isRegistrableRedirectUri(uri)) return false;
  return registered.some((candidate) => candidate === uri || equalButForPort(uri, candidate));
}

function equalButForPort(uri: string, candidate: string): boolean {
  const [given, known] = [new URL(uri), new URL(candidate)];
  if (!isLoopback(given) || !isLoopback(known)) return false;
  given.port = "";
  known.port = "";
  return given.href === known.href;
}

function isLoopback(url: URL): boolean {
  return url.protocol === "http:" && loopbackHosts.has(url.hostname);
}
