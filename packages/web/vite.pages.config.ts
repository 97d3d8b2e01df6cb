import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The first that have `light-dark()`, by which a site can give the element its own light or dark. */
const browsers = ["chrome123", "firefox120", "safari17.5"];

/** The pages that the gateway serves, with their scripts and styles under `/assets/`. */
export default defineConfig({
  root: folder("pages"),
  publicDir: folder("public"),
  resolve: { conditions: ["@quickcard/source", ...defaultClientConditions] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: browsers,
    outDir: folder("dist/pages"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["chat", "designer", "desk", "docs", "phone"].map((name) => folder(`pages/${name}.html`)),
    },
  },
});
