import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readdir, readFile, rename, unlink } from "node:fs/promises";
import { join } from "node:path";

/** A webhook or a receipt as it lies on disk. */
export interface Spooled {
  name: string;
  integrationId: string;
  body: string;
}

/**
 * Keeps in a folder of the machine what must not wait for the database: Genesys Cloud waits ten seconds for the answer to a
 * webhook, and drops a message after 85. A file each, flushed to disk before `append` resolves, taken up in the order of
 * their coming.
 */
export class DiskSpool {
  readonly #directory: string;
  readonly #now: () => number;
  #count = 0;

  constructor(directory: string, now: () => number) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#directory = directory;
    this.#now = now;
  }

  async append(integrationId: string, body: string): Promise<void> {
    this.#count += 1;
    const order = `${String(this.#now()).padStart(15, "0")}-${String(this.#count).padStart(9, "0")}`;
    const name = `${order}-${randomBytes(4).toString("hex")}`;
    const unfinished = join(this.#directory, `${name}.part`);
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify({ integrationId, body }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, join(this.#directory, `${name}.json`));
    await this.#syncDirectory();
  }

  /** What lies there, oldest first. */
  async list(): Promise<string[]> {
    return (await readdir(this.#directory)).filter((name) => name.endsWith(".json")).sort();
  }

  /** `undefined` where another process has taken it meanwhile. */
  async read(name: string): Promise<Spooled | undefined> {
    try {
      const text = await readFile(join(this.#directory, name), "utf8");
      return { name, ...(JSON.parse(text) as Omit<Spooled, "name">) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await unlink(join(this.#directory, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  /** Puts one aside that cannot be taken, so that it holds up no other and somebody can look at it. */
  async setAside(name: string): Promise<void> {
    await rename(join(this.#directory, name), join(this.#directory, `${name}.refused`));
  }

  async #syncDirectory(): Promise<void> {
    const directory = await open(this.#directory, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
