import type { Hono } from "hono";
import { EmulatorOptionError } from "../emulator-error.ts";
import { mountBuiltPage } from "../http/built-pages.ts";

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

/** Puts the agent desk on a server, at `/desk`. */
export function mountDeskPages(app: Hono, customer: () => DeskCustomer | undefined): void {
  const framed = (): string | undefined => {
    const shown = customer();
    return shown && new URL(shown.chatUrl).origin;
  };
  mountBuiltPage(app, { path: "/desk", file: "desk.html", framed });
}
