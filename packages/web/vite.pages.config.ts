import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The pages that the gateway serves, with their scripts and styles under `/assets/`. */
export default defineConfig({
  root: folder("pages"),
  publicDir: folder("public"),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: folder("dist/pages"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [folder("pages/chat.html")] },
  },
});
