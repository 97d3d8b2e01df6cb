import { readFileSync } from "node:fs";
import { channelNames, channelProfiles, noticeCodes, sources } from "@quickcard/content/channels";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { channelMatrix } from "../scripts/channel-matrix.js";

interface SharedRow {
  value: number | string | null;
  unit: string;
  status: "V" | "S" | "U" | "C";
  source: string[];
  note?: string;
}

interface SharedChannel {
  supports: Record<string, unknown>;
  limits: Record<string, SharedRow>;
}

const certainties = { V: "verified", S: "secondary", U: "unverified", C: "conflict" };

/** The names of limits that the forms of a profile refer to. */
function namesIn(value: unknown, names: ReadonlySet<string>): string[] {
  if (typeof value === "string") return names.has(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part) => namesIn(part, names));
}

describe.each(channelNames)("the limits of %s", (channel) => {
  const { limits, ...forms } = channelProfiles[channel];
  const names = new Set(Object.keys(limits));
  const used = new Set(namesIn(forms, names));

  test("are each used, or say why not", () => {
    const unexplained = Object.entries(limits).filter(
      ([name, { unused }]) => used.has(name) === (unused !== undefined),
    );
    expect(unexplained.map(([name]) => name)).toEqual([]);
  });

  test("that are used are figures", () => {
    for (const name of used) expect(limits[name]?.value, name).toEqual(expect.any(Number));
  });

  test("name sources that are known", () => {
    for (const [name, row] of Object.entries(limits)) {
      expect(row.sources.length, name).toBeGreaterThan(0);
      for (const source of row.sources) expect(sources, name).toHaveProperty(source);
    }
  });
});

const reference = "reference/channel-limits.json";
const isThere = hasSharedData(reference);
// A suite's body runs to count its tests, also where they are skipped.
const { channels } = isThere
  ? readSharedJson<{ channels: Record<string, SharedChannel> }>(reference)
  : { channels: {} };

describe.runIf(isThere)("the reference data", () => {
  test.each(Object.entries(channels))("hold the same rows of %s", (id, { limits, supports }) => {
    const profile = channelProfiles[(id === "webchat" ? "web" : id) as keyof typeof channelProfiles];
    const ours = Object.entries(profile.limits).map(([name, { unused: _, ...row }]) => [name, row]);
    const theirs = Object.entries(limits).map(([name, { status, source, ...row }]) => [
      name,
      { ...row, certainty: certainties[status], sources: source },
    ]);

    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
    expect(supports).toMatchObject(profile.supports);
  });

  test("hold no channel that is not known", () => {
    expect(Object.keys(channels).length).toBe(channelNames.length);
  });
});

describe("the page of channels", () => {
  const page = readFileSync(new URL("../../../docs/reference/channels.md", import.meta.url), "utf8");
  const documents = JSON.parse(
    readFileSync(new URL("golden/vendor-documents.json", import.meta.url), "utf8"),
  );
  const parts = Object.entries(channelMatrix(channelProfiles, noticeCodes, sources, documents));

  test.each(parts)(
    "shows the %s as they are (npm run matrix -w packages/content writes them)",
    (name, part) => {
      expect(page).toContain(`<!-- ${name} -->\n${part}\n<!-- end of ${name} -->`);
    },
  );
});
