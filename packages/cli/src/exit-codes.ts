/** What the command ends with, and what a script may do about it. */
export const exitCodes = {
  done: { code: 0, meaning: "Done." },
  failed: {
    code: 1,
    meaning: "Refused or failed. The same command will fail again until its cause is mended.",
  },
  usage: { code: 2, meaning: "Wrong usage: an unknown option, a missing value, missing credentials." },
  bug: { code: 70, meaning: "A bug in quickcard. The report on standard error says where to send it." },
  tryLater: {
    code: 75,
    meaning: "Failed for now: rate limited, unreachable or timed out. Worth trying again later.",
  },
  interrupted: { code: 130, meaning: "Interrupted before it was done." },
} as const;

/** How a run ended, by name. */
export type Outcome = keyof typeof exitCodes;
