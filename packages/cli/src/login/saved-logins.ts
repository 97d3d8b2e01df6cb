import { chmod, mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errors/error-code.ts";
import { Failure } from "../errors/failure.ts";

/** The token of one login. */
export interface SavedLogin {
  /** The only server that it is ever sent to. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

const fileName = "logins.json";
const onlyOwner = 0o600;
const others = 0o077;

/**
 * The logins kept in a folder, newest first, one for each server.
 * @throws Failure where others can read the file, or it is not what was written.
 */
export async function readLogins(directory: string): Promise<SavedLogin[]> {
  const file = join(directory, fileName);
  try {
    const { mode } = await stat(file);
    // On Windows the mode tells nothing.
    if (process.platform !== "win32" && (mode & others) !== 0) throw readableByOthers(file);
    return parseLogins(await readFile(file, "utf8"), file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Keeps a login in place of the one before at the same server. */
export async function saveLogin(directory: string, login: SavedLogin): Promise<void> {
  const others = (await readLogins(directory)).filter(({ baseUrl }) => baseUrl !== login.baseUrl);
  await writeLogins(directory, [login, ...others]);
}

/** Forgets the login at a server; answers whether there was one. */
export async function removeLogin(directory: string, baseUrl: string): Promise<boolean> {
  const logins = await readLogins(directory);
  const others = logins.filter((login) => login.baseUrl !== baseUrl);
  if (others.length === logins.length) return false;
  await writeLogins(directory, others);
  return true;
}

/** Whether an address that a user wrote names the server of a login. */
export function isSameServer(written: string, { baseUrl }: Pick<SavedLogin, "baseUrl">): boolean {
  return URL.canParse(written) && new URL(written).href.replace(/\/+$/, "") === baseUrl;
}

/** Replaces the file in one step. It is never readable by others, not even for a moment. */
async function writeLogins(directory: string, logins: readonly SavedLogin[]): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, fileName);
  const newFile = `${file}.${process.pid}.new`;
  const handle = await open(newFile, "w", onlyOwner);
  try {
    await handle.writeFile(`${JSON.stringify({ logins }, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // An old file of this name would have kept its own mode.
  await chmod(newFile, onlyOwner);
  await rename(newFile, file);
}

function parseLogins(text: string, file: string): SavedLogin[] {
  try {
    const { logins } = JSON.parse(text) as { logins: SavedLogin[] };
    if (Array.isArray(logins) && logins.every(isLogin)) return logins;
  } catch {
    // Told below: the parser's own words may quote a token.
  }
  throw new Failure({
    code: "logins_unreadable",
    message: `${file} does not hold logins.`,
    fix: "Delete it, and log in again: quickcard login",
  });
}

function isLogin(value: unknown): value is SavedLogin {
  const login = value as Record<keyof SavedLogin, unknown> | null;
  const fields = [login?.baseUrl, login?.clientId, login?.token, login?.expiresAt];
  return fields.every((field) => typeof field === "string") && !Number.isNaN(Date.parse(String(fields[3])));
}

function readableByOthers(file: string): Failure {
  return new Failure({
    code: "logins_readable_by_others",
    message: `${file} holds tokens, and others than you can read it.`,
    fix: `Take their permission away: chmod 600 ${file}; then log in again, since the tokens may be known: quickcard login`,
  });
}
