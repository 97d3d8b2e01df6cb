import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import { describeStore } from "./store-conformance.ts";

describeStore("memory", async () => {
  let now = Date.parse("2026-11-22T12:00:00Z");
  const store = createMemoryStore(() => now);
  return {
    store,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    close: () => store.close(),
  };
});
