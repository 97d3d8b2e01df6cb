import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { describeFile } from "../src/message/describe-file.ts";
import { linkSegments } from "../src/message/link-segments.ts";
import { coordinatesLabel, mapUrl } from "../src/message/map-place.ts";
import { webUrl } from "../src/message/web-url.ts";

const links = (text: string) => linkSegments(text).flatMap(({ href }) => href ?? []);

describe("links in a text", () => {
  test("end before the sentence does, and keep the brackets that belong to them", () => {
    expect(
      links("See https://example.com/a. (Or https://example.com/b_(c)!) **https://example.com**"),
    ).toEqual(["https://example.com/a", "https://example.com/b_(c)", "https://example.com/"]);
  });

  test("are https only, name no user, and show the host they lead to", () => {
    for (const text of [
      "http://example.com",
      "javascript:alert(1)",
      "https://bank.example@evil.example/",
      "https://evil。example",
      "https://еxample.com/",
      "https://",
    ])
      expect(links(text)).toEqual([]);
    expect(linkSegments("https://evil.example\\@good.example")[0]).toEqual({
      text: "https://evil.example",
      href: "https://evil.example/",
    });
  });

  test("lose nothing of any text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(" ", "https://example.com/a(b", "https://", ").", "(", "\n"),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(
          linkSegments(text)
            .map((segment) => segment.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

const vectors = "vectors/link-schemes.json";

test.skipIf(!hasSharedData(vectors))("an address that could run a script never becomes one to follow", () => {
  const { cases } = readSharedJson<{ cases: { url: string; expect: string }[] }>(vectors);
  for (const { url, expect: expected } of cases) {
    const href = webUrl(url)?.href;
    if (expected === "accept") expect(href).toMatch(/^https:/);
    else expect(href ?? "").not.toBe(url);
    expect(href ?? "https:").toMatch(/^https?:/);
  }
});

test("a file is named by its message, and else by its address", () => {
  const url = "https://example.com/files/M%C3%BCller%20%E2%9C%93.PDF?x=1";

  expect(describeFile({ type: "file", url })).toEqual({
    name: "Müller ✓.PDF",
    kind: "PDF file",
    badge: "PDF",
  });
  expect(describeFile({ type: "file", url, filename: "invoice", mimeType: "application/pdf; q=1" })).toEqual({
    name: "invoice",
    kind: "PDF document",
    badge: "",
  });
  expect(
    describeFile({ type: "file", url: "https://example.com/%E0%A4%A", mimeType: "image/x-odd" }).kind,
  ).toBe("Picture");
  expect(describeFile({ type: "file", url: "not an address" })).toEqual({
    name: "File",
    kind: "File",
    badge: "",
  });
});

test("a place is told in degrees and leads to a map of it", () => {
  expect(coordinatesLabel({ latitude: -33.8568, longitude: -70 })).toBe("33.8568° S, 70.0000° W");
  expect(mapUrl({ latitude: 52.516275, longitude: 1e-9 })).toBe(
    "https://www.openstreetmap.org/?mlat=52.516275&mlon=0.000000#map=16/52.516275/0.000000",
  );
});
