import type { ControlRoute } from "./control-route.ts";
import type { DeskCustomers } from "./desk-customers.ts";

/** Whose phones the desk shows. */
export function customerControls(customers: DeskCustomers): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/emulator/customers",
      summary: "the customers whose phones the desk shows: `name`, `channel`, `chatUrl`",
      handle: () => ({ entities: customers.shown() }),
    },
  ];
}
