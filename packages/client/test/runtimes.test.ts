import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { closedUrl, signedWebhook, startContractServer } from "./runtimes/contract-server.ts";

const engines = fileURLToPath(new URL("runtimes/engines/node_modules/", import.meta.url));
const contract = fileURLToPath(new URL("runtimes/contract.mjs", import.meta.url));
const platform = `${process.platform}-${process.arch}`;
const minuteMs = 60_000;

/** How each runtime runs a module. The contract imports the client as it is built. */
const runtimes: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  [`Node ${process.versions.node}`]: [process.execPath],
  "Node 22": [`${engines}node-22-${platform}/bin/node`],
  "Node 24": [`${engines}node-24-${platform}/bin/node`],
  Deno: [
    `${engines}deno-${platform}/deno`,
    ...["run", "--allow-all", "--node-modules-dir=manual", "--no-lock"],
  ],
  Bun: [`${engines}bun-${platform}/bin/bun`],
};

/** `npm run runtimes` installs the others; elsewhere they are tried where they are installed. */
const mustHaveAll = process.env.QUICKCARD_RUNTIMES === "all";

for (const [name, [program, ...args]] of Object.entries(runtimes)) {
  describe.skipIf(!mustHaveAll && !existsSync(program))(name, () => {
    test.each(["default", "fetch"])(
      "keeps the contract, with the transport: %s",
      async (transport) => {
        const server = await startContractServer();
        try {
          const given = JSON.stringify({ webhook: signedWebhook(), closedUrl: await closedUrl() });
          const { stdout } = await promisify(execFile)(
            program,
            [...args, contract, server.url, transport, given],
            { timeout: minuteMs },
          );
          const results = stdout
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as { name: string; error?: string });

          expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
          expect(results.length).toBeGreaterThanOrEqual(19);
        } finally {
          await server.close();
        }
      },
      2 * minuteMs,
    );
  });
}
