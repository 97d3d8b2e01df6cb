import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { maxPackedDraft, packDraft, unpackDraft } from "@quickcard/content/designer-draft";
import fc from "fast-check";
import { expect, test } from "vitest";

test("a draft comes out of its link as it went in, whatever it holds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (draft) => {
      const packed = await packDraft(draft);
      expect(packed).toMatch(/^[\w-]*$/);
      expect(await unpackDraft(packed!)).toBe(draft);
    }),
  );
});

test("what is longer than a link should be is not packed", async () => {
  const noise = Array.from({ length: 1_000 }, (_, index) =>
    createHash("sha256").update(String(index)).digest("base64"),
  ).join("");

  expect((await packDraft(noise)) === undefined).toBe(true);
  expect(await packDraft("a".repeat(512_001))).toBeUndefined();
});

test("a link that was damaged, or that would unpack to more than a message, gives nothing", async () => {
  const packed = (await packDraft('{"type":"text","text":"Hello"}'))!;
  const bomb = deflateRawSync(Buffer.alloc(20_000_000, "a")).toString("base64url");

  expect(bomb.length).toBeLessThan(maxPackedDraft);
  for (const damaged of [bomb, packed.slice(0, -8), `${packed}%`, "!", "a".repeat(maxPackedDraft + 1)])
    expect(await unpackDraft(damaged)).toBeUndefined();
});
