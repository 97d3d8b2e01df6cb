import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The first that have `light-dark()`, by which a site can give the element its own light or dark. */
const browsers = ["chrome123", "firefox120", "safari17.5"];

/** The element in one file, under a name that stays: what a site loads with one script tag. */
export default defineConfig({
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: browsers,
    outDir: folder("dist/pages"),
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: folder("pages/quickcard-chat.ts"),
      output: { entryFileNames: "[name].js", codeSplitting: false },
    },
  },
});
