import { fileURLToPath } from "node:url";
import { defaultClientConditions, defaultServerConditions, defineConfig, type UserConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The first that have `light-dark()`, by which a site can give the element its own light or dark. */
const browsers = ["chrome123", "firefox120", "safari17.5"];

/** What is built for browsers, which find the rest of this repository by its sources. */
const forBrowsers = {
  resolve: { conditions: ["@quickcard/source", ...defaultClientConditions] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: browsers, outDir: folder("dist/pages"), modulePreload: { polyfill: false } },
} as const satisfies UserConfig;

const serverConditions = ["@quickcard/source", ...defaultServerConditions];

/** What is built, each by `vite build --mode NAME`. */
const builds = {
  /** The pages that the gateway and the emulator serve, with their scripts and styles under `/assets/`. */
  pages: {
    ...forBrowsers,
    root: folder("pages"),
    publicDir: folder("public"),
    build: {
      ...forBrowsers.build,
      emptyOutDir: true,
      rolldownOptions: {
        input: ["chat", "designer", "desk", "docs", "phone"].map((name) => folder(`pages/${name}.html`)),
      },
    },
  },
  /** The element in one file, under a name that stays: what a site loads with one script tag. */
  element: {
    ...forBrowsers,
    publicDir: false,
    build: {
      ...forBrowsers.build,
      emptyOutDir: false,
      rolldownOptions: {
        input: folder("pages/quickcard-chat.ts"),
        output: { entryFileNames: "[name].js", codeSplitting: false },
      },
    },
  },
  /** What writes previews as files, in one file for Node: the pages' own renderer with its styles. */
  preview: {
    ...forBrowsers,
    publicDir: false,
    resolve: { conditions: serverConditions },
    ssr: { noExternal: true, resolve: { conditions: serverConditions } },
    build: {
      ssr: folder("src/preview-document/render-preview.tsx"),
      target: "node20",
      outDir: folder("dist"),
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: "preview-document.bundle.js", codeSplitting: false } },
    },
  },
} as const satisfies Record<string, UserConfig>;

/** Without a mode of ours, as for tools that only read it, it is the pages'. */
export default defineConfig(
  ({ mode }): UserConfig =>
    Object.hasOwn(builds, mode) ? builds[mode as keyof typeof builds] : builds.pages,
);
