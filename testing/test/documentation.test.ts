import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const withoutPages = /^(\.|node_modules$|dist$|engines$)/;

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return withoutPages.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

const codeBlock = /^```[\s\S]*?^```/gm;
const link = /\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g;

function linksOf(page: string): string[] {
  const text = readFileSync(page, "utf8").replaceAll(codeBlock, "");
  return [...text.matchAll(link)].map(([, markdown, html]) => markdown ?? html ?? "");
}

/** What code hosts make of a heading. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\- _]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function isBroken(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#", 2);
  const file = path === "" ? page : resolve(dirname(page), decodeURIComponent(path));
  if (!existsSync(file)) return true;
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).has(anchor);
}

test("every link of a page to another page, a heading or a file leads there", () => {
  const pages = pagesIn(root);
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !/^[a-z]+:/i.test(target) && isBroken(page, target))
      .map((target) => `${relative(root, page)}: ${target}`),
  );

  expect(pages.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});
