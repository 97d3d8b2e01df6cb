import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** How many packages an installed package brings, itself among them, and how many bytes they have. */
export function installedTree(folder: string, name: string): { packages: number; bytes: number } {
  const found = new Set<string>();
  collect(folder, name, found);
  return { packages: found.size, bytes: [...found].reduce((sum, place) => sum + bytesOf(place), 0) };
}

function collect(from: string, name: string, found: Set<string>): void {
  const place = locate(from, name);
  if (found.has(place)) return;
  found.add(place);
  const { dependencies = {} } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) collect(place, dependency, found);
}

/** Where Node finds a package. */
function locate(from: string, name: string): string {
  const place = join(from, "node_modules", name);
  if (existsSync(place)) return place;
  if (dirname(from) === from) throw new Error(`${name} is not installed`);
  return locate(dirname(from), name);
}

function bytesOf(place: string): number {
  return readdirSync(place, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === "node_modules") return sum;
    const path = join(place, entry.name);
    return sum + (entry.isDirectory() ? bytesOf(path) : statSync(path).size);
  }, 0);
}
