import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The tests that the mutated modules are judged by. They load the sources that lie beside this file: Stryker works on a copy. */
export default defineConfig({
  root: here("../../.."),
  resolve: { alias: [{ find: /^@quickcard\/client$/, replacement: here("../src/index.ts") }] },
  ssr: { resolve: { conditions: ["@quickcard/source", "node", "default"] } },
  test: {
    include: [
      "retry",
      "retry-after",
      "retry-budget",
      "connection-failures",
      "tokens",
      "token-answers",
      "login",
      "webhooks",
      "webhook-adapters",
      "tutorial-faults",
      "trace",
    ].map((name) => `packages/client/test/${name}.test.ts`),
    testTimeout: 20_000,
  },
});
