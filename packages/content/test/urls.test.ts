import { validate } from "@quickcard/content";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";

/** What is wrong with a URL; `undefined` where it is taken. */
function refusal(url: string, options?: { allowHttp: boolean }): string | undefined {
  const result = validate({ type: "image", url }, options);
  if (!result.ok) return result.issues.map(({ message, fix }) => `${message}. ${fix}`).join(" ");
  expect(result.content).toEqual({ type: "image", url });
  return undefined;
}

test.each([
  "https://example.com",
  "HTTPS://EXAMPLE.COM/Path",
  "https://example.com:443/",
  "https://example.com:8443/a?b=c&d=%20#e",
  "https://xn--e1afmkfd.xn--p1ai/",
  "https://example.com/menü?q=日本",
  "https://192.0.2.7/",
  "https://[2001:db8::1]/",
  "https://localhost/a",
  "https://example.com/a{b}|c^d'e",
])("takes %s as it is", (url) => {
  expect(refusal(url)).toBeUndefined();
});

test.each([
  ["", "is empty"],
  ["example.com/a.png", "is not an absolute URL"],
  ["/a.png", "is not an absolute URL"],
  ["//example.com/a.png", "is not an absolute URL"],
  ["https://", "is not an absolute URL"],
  ["https:example.com", "two slashes and a host are missing"],
  ["https:///example.com", "two slashes and a host are missing"],
  ["https:\\\\example.com", "a backslash"],
  ["http://example.com/", "is not an https: URL"],
  ["ftp://example.com/", "is not an https: URL"],
  ["tel:+4312345", "is not an https: URL"],
  [" https://example.com", "holds a space"],
  ["https://example.com/my menu.pdf", "such as a space as %20"],
  ["https://example.com/\u200b", "holds a space"],
  ["https://exam\tple.com/", "holds a space"],
  ["https://example.com/<b>", "an angle bracket"],
  ["https://ada@example.com/", "holds a user name or password"],
  ["https://ada:secret@example.com/", "holds a user name or password"],
  ["https://bücher.example/", 'Write the host as "xn--bcher-kva.example".'],
  ["https://evil。example/", 'Write the host as "evil.example".'],
  ["https://ex%61mple.com/", 'Write the host as "example.com".'],
  ["https://0x7f.1/", 'Write the host as "127.0.0.1".'],
  ["https://2130706433/", 'Write the host as "127.0.0.1".'],
  ["https://[0:0:0:0:0:0:0:1]/", 'Write the host as "[::1]".'],
  ["https://example.com:0443/", 'Write the host as "example.com".'],
  [`https://example.com/${"a".repeat(2_048)}`, "is longer than 2,048 characters"],
])("refuses %s", (url, reason) => {
  expect(refusal(url)).toContain(reason);
});

test("takes http: where it is allowed, and no other scheme", () => {
  expect(refusal("http://localhost:8080/a.png", { allowHttp: true })).toBeUndefined();
  expect(refusal("https://example.com/a.png", { allowHttp: true })).toBeUndefined();
  expect(refusal("ftp://example.com/a.png", { allowHttp: true })).toContain("is not an https: or http: URL");
  expect(refusal("javascript:alert(1)", { allowHttp: true })).toContain("is not an https: or http: URL");
});

test("does not repeat a URL in an issue: it may hold a key", () => {
  expect(refusal("https://example.com/secret key")).not.toContain("secret");
  expect(refusal("https://ada:secret@example.com/")).not.toContain("secret");
});

const linkVectors = hasSharedData("vectors/link-schemes.json")
  ? readSharedJson<{ cases: { url: string; expect: string }[] }>("vectors/link-schemes.json").cases
  : [];

describe.skipIf(linkVectors.length === 0)("of the link vectors", () => {
  test.each(linkVectors.filter((vector) => vector.expect === "accept"))("takes $url", ({ url }) => {
    expect(refusal(url)).toBeUndefined();
  });

  test.each(linkVectors.filter((vector) => vector.expect !== "accept"))("refuses $url", ({ url }) => {
    expect(refusal(url, { allowHttp: true })).toBeDefined();
  });
});

test.skipIf(!hasSharedData("corpora/urls/urltestdata.json"))(
  "of the public URL cases, takes those alone that lead to the host that stands in them",
  () => {
    const entries = readSharedJson<(string | { input: string; failure?: boolean })[]>(
      "corpora/urls/urltestdata.json",
    );
    const cases = entries.filter((entry) => typeof entry !== "string");
    const taken = cases.filter(({ input }) => refusal(input, { allowHttp: true }) === undefined);

    expect(taken.length).toBeGreaterThan(50);
    for (const { input, failure } of taken) {
      expect(failure).not.toBe(true);
      const { protocol, host } = new URL(input);
      expect(input.toLowerCase()).toContain(`${protocol}//${host}`);
    }
  },
);
