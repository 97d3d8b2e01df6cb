/** Stands in for undici in bundles for browsers and workers, where it cannot run. */
throw new Error("undici runs on Node alone: give the client the option `fetch`");

export {};
