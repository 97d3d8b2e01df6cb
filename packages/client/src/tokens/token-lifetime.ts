const marginMs = 60_000;
/** Taken where the server says nothing usable: the shortest life that Genesys Cloud lets a client's tokens have. */
const lifetimeByDefaultMs = 300_000;
/** The longest life that Genesys Cloud lets a client's tokens have: 48 hours. */
const longestLifetimeMs = 172_800_000;

/** How long a token lives, in milliseconds, from the `expires_in` of its answer. */
export function lifetimeMs(expiresIn: unknown): number {
  return Math.min(readSeconds(expiresIn) * 1000 || lifetimeByDefaultMs, longestLifetimeMs);
}

/**
 * How long a token is used, in milliseconds, from the `expires_in` of its answer: until 60 s before its end, or for
 * half of a life that is shorter than two minutes, so that no such token is fetched anew for each call.
 */
export function usableForMs(expiresIn: unknown): number {
  const lifeMs = lifetimeMs(expiresIn);
  return lifeMs - Math.min(marginMs, lifeMs / 2);
}

/** Seconds above 0; 0 for anything else. Some servers send the number as text. */
function readSeconds(value: unknown): number {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
