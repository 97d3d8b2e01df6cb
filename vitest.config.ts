import { defineConfig } from "vitest/config";

export default defineConfig({
  ssr: { resolve: { conditions: ["@quickcard/source", "node", "default"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "{scripts,testing}/test/*.test.ts"],
    typecheck: { enabled: false, include: ["packages/*/test/**/*.test-d.ts"] },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env.CI ? ["default", "./testing/closing-line-reporter.ts"] : ["default"],
  },
});
