import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const notOurs = new Set(["node_modules", "dist", ".git"]);

function* markdownFiles(directory: string): Generator<string> {
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    if (notOurs.has(entry.name)) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* markdownFiles(path);
    else if (entry.name.endsWith(".md")) yield path;
  }
}

test("every link of the documentation leads somewhere", () => {
  const broken: string[] = [];
  for (const file of markdownFiles("")) {
    for (const [, target = ""] of readFileSync(join(root, file), "utf8").matchAll(
      /(?:\]\(|<img src=")([^)"#\s]+)/g,
    )) {
      if (/^[a-z]+:/.test(target)) continue;
      if (!existsSync(join(root, dirname(file), target))) broken.push(`${file}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test("every place that the architecture names is there", () => {
  const named = readFileSync(join(root, "ARCHITECTURE.md"), "utf8").matchAll(
    /`((?:packages|docs)\/[^`\s]+)`/g,
  );
  const missing = [...named].map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
});

test("every decision stands in the list of decisions", () => {
  const list = readFileSync(join(root, "docs/decisions/README.md"), "utf8");
  const records = readdirSync(join(root, "docs/decisions")).filter((name) => /^\d{4}-/.test(name));
  expect(records.filter((name) => !list.includes(`(${name})`))).toEqual([]);
});
