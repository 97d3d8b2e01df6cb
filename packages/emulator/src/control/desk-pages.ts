import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { assetsDirectory } from "@quickcard/web";
import type { Hono } from "hono";
import { EmulatorOptionError } from "../emulator-error.ts";

/** The customer whose own page is shown beside the desk. */
export interface DeskCustomer {
  name: string;
  /** The address of their chat, whose server must let the desk's origin show it in a frame. */
  chatUrl: string;
}

/** @throws EmulatorOptionError for an address that is none. */
export function readCustomer(customer: DeskCustomer | undefined): DeskCustomer | undefined {
  if (customer === undefined || /^https?:\/\/[^\s;,]+$/.test(customer.chatUrl)) return customer;
  throw new EmulatorOptionError("customer.chatUrl must be an absolute http: or https: URL.");
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** Puts the agent desk on a server, at `/desk`. The pages are read when they are asked for: an emulator in a test needs none. */
export function mountDeskPages(app: Hono, customer: () => DeskCustomer | undefined): void {
  app.get("/", (c) => c.redirect("/desk"));
  app.get("/desk", (c) => {
    const page = readAsset("desk.html");
    if (page === undefined) return c.text("The pages are not built: run npm run build.", 503);
    const headers = { ...pageHeaders, "Content-Security-Policy": deskPolicy(customer()) };
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

const pageHeaders = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

/** Scripts and styles of our own alone, pictures from anywhere that a message may name, and no frame but the customer's page. */
function deskPolicy(customer: DeskCustomer | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https: http:",
    "media-src 'self' https: http:",
    "connect-src 'self'",
    `frame-src ${customer === undefined ? "'none'" : new URL(customer.chatUrl).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
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
