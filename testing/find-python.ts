import { spawnSync } from "node:child_process";

const places = ["python3", "/usr/bin/python3"];

/**
 * A Python 3 that has the package `requests`, from `PYTHON` or the usual places.
 * Where there is none the reason is printed and `undefined` returned, so that a test can skip; in CI that is an error.
 */
export function findPythonWithRequests(): string | undefined {
  const candidates = [process.env.PYTHON, ...places].filter((place) => place !== undefined);
  const python = candidates.find((place) => spawnSync(place, ["-c", "import requests"]).status === 0);
  if (python) return python;
  const reason = "no python3 with requests found: install Debian's package python3-requests, or set PYTHON";
  if (process.env.CI) throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return undefined;
}
