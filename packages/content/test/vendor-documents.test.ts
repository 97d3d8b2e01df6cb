import { readdirSync, readFileSync } from "node:fs";
import { sources } from "@quickcard/content/channels";
import { describe, expect, test } from "vitest";

interface Documents {
  heldTo: "the vendor's types" | "our schema" | "no schema";
  package?: string;
  certainty: string;
  documents: Record<string, string>;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const index = JSON.parse(read("golden/vendor-documents.json")) as Record<string, Documents>;
const golden = readdirSync(new URL("golden/", import.meta.url))
  .map((file) => file.replace(".json", ""))
  .filter((name) => name !== "vendor-documents");

test("every golden file names the documents of its vendor, and no other does", () => {
  expect(Object.keys(index).sort()).toEqual(golden.sort());
});

describe.each(Object.entries(index))(
  "the documents of %s",
  (channel, { documents, heldTo, package: name }) => {
    test("have an address and the day on which they were looked at", () => {
      expect(Object.keys(documents).length).toBeGreaterThan(0);
      for (const [id, lookedAt] of Object.entries(documents)) {
        const source = (sources as Record<string, { url?: string }>)[id];
        expect(URL.canParse(source?.url ?? ""), id).toBe(true);
        expect(source?.url, id).not.toContain("…");
        expect(new Date(`${lookedAt}T00:00:00Z`).toISOString(), id).toBe(`${lookedAt}T00:00:00.000Z`);
      }
    });

    test("are held to what they say", () => {
      const checks = {
        "the vendor's types": () => expect(read("vendor-types.test.ts")).toContain(`"${name}"`),
        "our schema": () =>
          expect(JSON.parse(read(`vendor-schemas/${channel}.json`))).toHaveProperty("$defs"),
        "no schema": () => expect(channel).toBe("sms"),
      };
      checks[heldTo]();
    });
  },
);
