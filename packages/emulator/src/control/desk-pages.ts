import type { Hono } from "hono";
import { EmulatorOptionError } from "../emulator-error.ts";
import { mountBuiltPage } from "../http/built-pages.ts";

/** A customer whose own page is shown beside the desk. */
export interface DeskCustomer {
  /** As conversations have it: by it the desk shows the phone of the customer who is spoken with. */
  name: string;
  /** What the customer writes with, such as `WhatsApp`. Default: not told. */
  channel?: string;
  /** The address of their chat, whose server must let the desk's origin show it in a frame. */
  chatUrl: string;
}

/** @throws EmulatorOptionError for an address that is none. */
export function readCustomers(customers: readonly DeskCustomer[]): readonly DeskCustomer[] {
  if (customers.every(({ chatUrl }) => /^https?:\/\/[^\s;,]+$/.test(chatUrl))) return customers;
  throw new EmulatorOptionError("A customer's chatUrl must be an absolute http: or https: URL.");
}

/** Puts the agent desk on a server, at `/desk`. */
export function mountDeskPages(app: Hono, customers: () => readonly DeskCustomer[]): void {
  const framed = () => customers().map(({ chatUrl }) => new URL(chatUrl).origin);
  mountBuiltPage(app, { path: "/desk", file: "desk.html", framed });
}
