/** What the command ends with, and what a script may do about it. */
export const exitCodes = {
  done: { code: 0, meaning: "Done." },
  failed: {
    code: 1,
    meaning: "Refused or failed: it will fail again until the cause is mended.",
  },
  usage: { code: 2, meaning: "Wrong usage, such as an unknown option or missing credentials." },
  bug: { code: 70, meaning: "A bug in quickcard: please report it." },
  tryLater: {
    code: 75,
    meaning: "Failed for now: rate limited, unreachable, timed out. Try again later.",
  },
  interrupted: { code: 130, meaning: "Interrupted before it was done." },
} as const;

/** How a run ended, by name. */
export type Outcome = keyof typeof exitCodes;
