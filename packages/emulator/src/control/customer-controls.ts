import type { ControlRoute } from "./control-route.ts";
import type { DeskCustomer } from "./desk-pages.ts";

/** Whose phones the desk shows. */
export function customerControls(customers: () => readonly DeskCustomer[]): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/emulator/customers",
      summary: "the customers whose phones the desk shows: `name`, `channel`, `chatUrl`",
      handle: () => ({ entities: customers() }),
    },
  ];
}
