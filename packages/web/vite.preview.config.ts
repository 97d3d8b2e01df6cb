import { fileURLToPath } from "node:url";
import { defaultServerConditions, defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What writes previews as files, in one file for Node: the pages' own renderer with its styles. */
export default defineConfig({
  publicDir: false,
  resolve: { conditions: ["@quickcard/source", ...defaultServerConditions] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  ssr: { noExternal: true, resolve: { conditions: ["@quickcard/source", ...defaultServerConditions] } },
  build: {
    ssr: folder("src/preview-document/render-preview.tsx"),
    target: "node20",
    outDir: folder("dist"),
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: "preview-document.bundle.js", codeSplitting: false } },
  },
});
