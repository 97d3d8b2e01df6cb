import { describe, expect, test } from "vitest";
import { runVendorTorture } from "../torture/vendor/run-vendor-torture.ts";

/** A tenth of `npm run torture -- --only vendors`. */
const tenth = { messages: 100, customers: 10, kills: 2, seed: 1 };

describe("the real adapter, in a gateway that is killed while its vendor errs", () => {
  for (const vendor of ["whatsapp", "telegram", "custom"] as const) {
    test.concurrent(`shows each part once and in order: ${vendor}`, { timeout: 300_000 }, async () => {
      const torture = { ...tenth, vendor, store: "sqlite", postgresPrograms: undefined } as const;
      const { complaints, sent } = await runVendorTorture(torture);

      expect(complaints).toEqual([]);
      expect(sent).toBeGreaterThan(tenth.messages / 2);
    });
  }
});
