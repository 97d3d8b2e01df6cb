import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the demo that runs can be opened. */
export interface DemoAddresses {
  /** The gateway. */
  readonly url: string;
  /** Agent and customer side by side. */
  readonly deskUrl: string;
  /** The customer's page alone. */
  readonly chatUrl: string;
}

const fileIn = (dataDirectory: string) => join(dataDirectory, "addresses.json");

/** Keeps where this demo is, for a second start that finds it running. The customer's link is among them: this user's alone. */
export async function writeDemoAddresses(dataDirectory: string, addresses: DemoAddresses): Promise<void> {
  await writeFile(fileIn(dataDirectory), JSON.stringify(addresses), { mode: 0o600 });
}

/** Where the demo is that runs; `undefined` where it has not told yet. */
export async function readDemoAddresses(dataDirectory: string): Promise<DemoAddresses | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(dataDirectory), "utf8")) as DemoAddresses;
  } catch {
    return undefined;
  }
}
