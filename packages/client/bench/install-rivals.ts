import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const rivalsFolder = fileURLToPath(new URL("rivals/", import.meta.url));

/** They are heavy, and nobody else needs them. */
export function installRivals(): void {
  if (existsSync(`${rivalsFolder}node_modules/.package-lock.json`)) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--workspaces=false"], {
    cwd: rivalsFolder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
