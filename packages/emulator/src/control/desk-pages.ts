import type { Hono } from "hono";
import { mountBuiltPage } from "../http/built-pages.ts";
import type { DeskCustomers } from "./desk-customers.ts";

/** Puts the agent desk on a server, at `/desk`. */
export function mountDeskPages(app: Hono, customers: DeskCustomers): void {
  const framed = () => customers.shown().map(({ chatUrl }) => new URL(chatUrl).origin);
  mountBuiltPage(app, { path: "/desk", file: "desk.html", framed });
}
