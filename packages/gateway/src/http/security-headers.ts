/** What every answer carries. A page sets a content security policy of its own. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/**
 * The policy of a page of ours: scripts and styles from this server alone, pictures and media from anywhere that a
 * message may name, in a frame of the origins that are named.
 */
export function pagePolicy(allowHttpMedia: boolean, frameOrigins: readonly string[] = []): string {
  const media = allowHttpMedia ? "https: http:" : "https:";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: ${media}`,
    `media-src 'self' ${media}`,
    "connect-src 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameOrigins.length === 0 ? "'none'" : frameOrigins.join(" ")}`,
    "form-action 'none'",
  ].join("; ");
}
