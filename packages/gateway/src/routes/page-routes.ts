import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { assetsDirectory } from "@quickcard/web";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import { pagePolicy } from "../http/security-headers.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

type Assets = ReadonlyMap<string, { bytes: Uint8Array<ArrayBuffer>; mediaType: string }>;

/** Reads the built pages once, so that a request can only name a file that was there. */
function readAssets(directory: URL = assetsDirectory): Assets {
  const root = fileURLToPath(directory);
  if (!existsSync(root)) throw new Error(`The pages are not built: ${root} is missing. Run npm run build.`);
  const assets = new Map<string, { bytes: Uint8Array<ArrayBuffer>; mediaType: string }>();
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    const path = join(root, name);
    if (!statSync(path).isFile()) continue;
    const mediaType = mediaTypes[extname(name)] ?? "application/octet-stream";
    assets.set(relative(root, path).split(sep).join("/"), {
      bytes: new Uint8Array(readFileSync(path)),
      mediaType,
    });
  }
  return assets;
}

/** What the pages depend on. */
export interface PageOptions {
  allowHttpMedia: boolean;
  /** Whose pages may show the customer's page in a frame. */
  chatFrameOrigins: readonly string[];
  openApi: () => unknown;
}

/** The pages that people see, and the files that these load. */
export function pageRoutes(options: PageOptions): AnyRoute[] {
  const assets = readAssets();
  const policy = pagePolicy(options.allowHttpMedia);
  const chatPolicy = pagePolicy(options.allowHttpMedia, options.chatFrameOrigins);
  const page = (path: string, file: string, summary: string, pageHas = policy) =>
    defineRoute<undefined, undefined>({
      method: "GET",
      path,
      operationId: `page:${file}`,
      summary,
      produces: "text/html",
      answers: { 200: { description: "The page.", mediaType: "text/html" } },
      handle: () => serveAsset(assets, file, { "content-security-policy": pageHas }),
    });
  const openApi = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/openapi.json",
    operationId: "openapi",
    summary: "This API as OpenAPI 3.1",
    answers: { 200: { description: "The document." } },
    handle: () => json(200, options.openApi()),
  });
  const front = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/",
    operationId: "front",
    summary: "Where somebody lands who opens the gateway's address",
    produces: "text/html",
    answers: { 302: { description: "To the documentation." } },
    handle: () => new Response(null, { status: 302, headers: { location: "/docs" } }),
  });
  return [
    front,
    page("/chat/{token}", "chat.html", "The customer's page", chatPolicy),
    page("/designer", "designer.html", "Where messages are designed, and seen on every channel"),
    page("/docs", "docs.html", "This API, to read"),
    openApi,
    ...assetRoutes(assets),
  ];
}

function assetRoutes(assets: Assets): AnyRoute[] {
  const element = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/quickcard-chat.js",
    operationId: "element",
    summary: "The chat as a custom element, for any site",
    produces: "text/javascript",
    crossOrigin: true,
    answers: { 200: { description: "The script.", mediaType: "text/javascript" } },
    handle: () => serveAsset(assets, "quickcard-chat.js", { "cache-control": "public, max-age=300" }),
  });
  const others = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/assets/*",
    operationId: "asset",
    summary: "A file that a page loads",
    produces: "*/*",
    crossOrigin: true,
    answers: { 200: { description: "The file." } },
    handle: ({ raw }) =>
      serveAsset(assets, new URL(raw.url).pathname.slice(1), { "cache-control": "public, max-age=300" }),
  });
  return [element, others];
}

function serveAsset(assets: Assets, name: string, headers: Record<string, string>): Response {
  const asset = assets.get(name);
  if (!asset) throw new ApiError("not.found", "There is no such file.");
  return new Response(asset.bytes, { headers: { "content-type": asset.mediaType, ...headers } });
}
