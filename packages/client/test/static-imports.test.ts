import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const source = new URL("../src/", import.meta.url);
const manifest = new URL("../package.json", import.meta.url);
const { imports, version: published } = JSON.parse(readFileSync(manifest, "utf8"));

test("importing the client loads neither undici nor the schemas", () => {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: URL): void => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    for (const name of staticImportsOf(readFileSync(file, "utf8"))) {
      if (name.startsWith("#")) visit(new URL(imports[name]["@quickcard/source"], manifest));
      else if (name.startsWith(".")) visit(new URL(name, file));
      else packages.add(name);
    }
  };
  visit(new URL("index.ts", source));

  const builders = new URL("../../content/src/builders.ts", import.meta.url);
  expect([...packages]).toEqual(["@quickcard/content/builders"]);
  expect(staticImportsOf(readFileSync(builders, "utf8"))).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
});

test("the version that the client tells is the package's", async () => {
  const { version } = await import("@quickcard/client");

  expect(version).toBe(published);
});

/** What a module loads as soon as it is loaded: no types, and nothing that `import()` loads later. */
function staticImportsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export) (?!type )([^;]*?) from "([^"]+)";/gms);
  return [...statements]
    .filter(([, names = ""]) => !/^\{(\s*type \w+,?)*\s*\}$/.test(names))
    .map(([, , name = ""]) => name);
}
