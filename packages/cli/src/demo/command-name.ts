import { accessSync, constants } from "node:fs";
import { delimiter, join, sep } from "node:path";
import type { Surroundings } from "../surroundings.ts";

/** How the user can call this command: by its name where it is installed, through npx where it belongs to a project. */
export function commandName({ env }: Pick<Surroundings, "env">): string {
  const folders = (env.PATH ?? "").split(delimiter);
  // npm puts a project's own commands on the path of what it runs, but not on the user's.
  const isInstalled = folders.some(
    (folder) => !folder.includes(join("node_modules", ".bin")) && holdsCommand(folder),
  );
  return isInstalled ? "quickcard" : "npx quickcard";
}

function holdsCommand(folder: string): boolean {
  if (!folder.startsWith(sep)) return false;
  try {
    accessSync(join(folder, "quickcard"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
