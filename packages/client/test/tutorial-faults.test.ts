import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/**
 * The faults of the tutorial's code that a client can have, each with the test that shows that this one has not. Number 30 (no rule of
 * the 24-hour window, no signatures) is not a client's.
 */
const faults: readonly [number: number, fault: string, test: string][] = [
  [1, "a 401 that stays is tried again for ever", "ends with an error where the server refuses every token"],
  [
    2,
    "a Retry-After that is a date or junk ends the program",
    "reads every Retry-After of the collection as it should",
  ],
  [3, "a Retry-After is waited for however long it is", "Retry-After"],
  [
    4,
    "the wait never grows and never varies",
    "tries again after a 503, waiting up to twice as long each time",
  ],
  [
    5,
    "it waits once more before it gives up",
    "gives up after maxAttempts, without one more wait, with the last error",
  ],
  [
    6,
    "a refused connection is not tried again",
    "tries again where nothing listens yet, for nothing was sent",
  ],
  [7, "a 5xx loses the message", "sends a message again after a %i, under the same key"],
  [
    8,
    "a send of unknown fate counts as failed",
    "says that a send of unknown fate is safe to repeat only with its key",
  ],
  [9, "a 201 with a broken body counts as failed", "is sent with unknown id, and not sent again: %s"],
  [10, "a 202 counts as failed", "takes a %i with the message as sent"],
  [11, "a redirect is followed and sends nothing", "a redirect is never followed"],
  [12, "a 403 does not name the scope", "that names the scope which the token lacks"],
  [13, "waiting holds up every other contact", "does not hold up other calls while one waits"],
  [14, "no call has a time limit", "ends an attempt whose answer does not come, and tries again"],
  [15, "each waiting call fetches a token", "fetches one token for a hundred calls that wait for it"],
  [
    16,
    "a fresh token is thrown away for an old one",
    "does not throw away a fresh token because an older one was refused late",
  ],
  [
    17,
    "a short or missing expires_in is not dealt with",
    "fetches no token anew for each call, however short the server says its life is",
  ],
  [
    18,
    "the wall clock decides when a token ends",
    "keeps a token until 60 s before its end, by a clock that nobody turns",
  ],
  [
    19,
    "a busy token endpoint is final, and a refusal is not",
    "deals with the token answer “$name”: $expect",
  ],
  [20, "the token endpoint's words are shown", "deals with the token answer “$name”: $expect"],
  [21, "the secret can go out over http: or to the wrong host", "of %s asks %s for tokens"],
  [22, "a failed token ends the program", "does not keep a failure: the next call asks for a token again"],
  [23, "an id can lead out of its path", "builds no URL from anything that is not an id"],
  [24, "errors are None, and the program ends with 0", "a refusal is a typed error"],
  [25, "a closed conversation counts as valid", "says with a typed error that a contact is %s"],
  [26, "a message is not checked", "names everything that is wrong with a message and sends nothing"],
  [27, "messages and answers are printed", "shows no message text in an error"],
  [28, "a rerun sends twice", "the same key sends once, and another body under it is refused"],
  [29, "no connection is used again", "keeps connections open for the calls that follow"],
];

test("each fault of the tutorial's code has its test", () => {
  const folder = new URL("./", import.meta.url);
  const others = readdirSync(folder).filter(
    (name) => name.endsWith(".test.ts") && !import.meta.url.endsWith(name),
  );
  const sources = others.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");

  const untested = faults.filter(([, , title]) => !sources.includes(`"${title}`));

  expect(untested).toEqual([]);
  expect(faults.map(([number]) => number)).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
});
