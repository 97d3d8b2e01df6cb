import { expect, test } from "vitest";
import { runLinkTorture } from "../torture/link/run-link-torture.ts";

/** A tenth of `npm run torture -- --only link`. */
test("a gateway that is killed again and again, over a platform that errs, loses nothing and tells nothing twice", {
  timeout: 300_000,
}, async () => {
  const result = await runLinkTorture({ messages: 200, customers: 10, kills: 5 });

  expect(result.complaints).toEqual([]);
});
