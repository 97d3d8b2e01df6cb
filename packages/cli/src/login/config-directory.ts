import { join } from "node:path";
import { Failure } from "../errors/failure.ts";
import type { Surroundings } from "../surroundings.ts";

/**
 * Where this user's settings lie: `%APPDATA%` on Windows, elsewhere by the XDG base directory specification.
 * `undefined` where the environment names no such place.
 */
export function configDirectory(env: Surroundings["env"]): string | undefined {
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData, HOME: home } = env;
  const base = xdg || appData || (home && join(home, ".config"));
  return base ? join(base, "quickcard") : undefined;
}

/** @throws Failure where there is no such place. */
export function requireConfigDirectory(env: Surroundings["env"]): string {
  const directory = configDirectory(env);
  if (directory) return directory;
  throw new Failure({
    code: "no_config_directory",
    message: "There is no folder to keep the token in: HOME is not set.",
    fix: "Set HOME, or XDG_CONFIG_HOME to a folder that only you can read",
  });
}
