import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { assetsDirectory } from "@quickcard/web";
import type { Hono } from "hono";

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

const pageHeaders = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

/** A page that `web` has built. */
export interface BuiltPage {
  /** Where it is served. */
  path: string;
  /** Its file, such as `desk.html`. */
  file: string;
  /** The origins that it may show in a frame. Default: none. */
  framed?: () => readonly string[];
  /** The origin whose pages may show it in a frame. Default: none. */
  framedBy?: string | undefined;
}

/** Puts a page on a server, with what its scripts and styles need. The files are read when they are asked for: in a test none may be built. */
export function mountBuiltPage(app: Hono, { path, file, framed, framedBy }: BuiltPage): void {
  app.get("/", (c) => c.redirect(path));
  app.get(path, (c) => {
    const page = readAsset(file);
    if (page === undefined) return c.text("The pages are not built: run npm run build.", 503);
    const headers = { ...pageHeaders, "Content-Security-Policy": policy(framed?.() ?? [], framedBy) };
    return c.body(page, 200, { ...headers, "Content-Type": "text/html; charset=utf-8" });
  });
  app.get("/assets/:name{[\\w./-]+}", (c) => {
    const name = c.req.param("name");
    const mediaType = mediaTypes[extname(name)];
    const asset = mediaType === undefined || name.includes("..") ? undefined : readAsset(`assets/${name}`);
    if (asset === undefined || mediaType === undefined) return c.notFound();
    return c.body(asset, 200, { ...pageHeaders, "Content-Type": mediaType });
  });
}

/** Scripts and styles of our own alone, pictures from anywhere that a message may name, and no frames but those named. */
function policy(framed: readonly string[], framedBy = "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https: http:",
    "media-src 'self' https: http:",
    "connect-src 'self'",
    `frame-src ${framed.join(" ") || "'none'"}`,
    "base-uri 'none'",
    `frame-ancestors ${framedBy}`,
    "form-action 'none'",
  ].join("; ");
}

function readAsset(name: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(readFileSync(new URL(name, assetsDirectory)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
