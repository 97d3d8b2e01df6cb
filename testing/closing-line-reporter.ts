import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with `N passed, N failed`, the line that continuous integration reads. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      const failedTests = states.filter((state) => state === "failed").length;
      passed += states.filter((state) => state === "passed").length;
      // A file that could not be loaded, or a hook that threw, has no test of its own to fail.
      failed += module.state() === "failed" ? Math.max(failedTests, 1) : failedTests;
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
