import type { ControlRoute } from "./control-route.ts";
import type { DeskCustomer } from "./desk-pages.ts";

/** Whose page the desk shows. */
export function customerControls(customer: () => DeskCustomer | undefined): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/emulator/customer",
      summary: "the customer whose page the desk shows: `name`, `chatUrl`",
      handle: customer,
    },
  ];
}
