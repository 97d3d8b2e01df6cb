import { EmulatorOptionError } from "../emulator-error.ts";
import { createHub, type Hub } from "../organisation/events.ts";

/** A customer whose own page is shown beside the desk. */
export interface DeskCustomer {
  /** As conversations have it: by it the desk shows the phone of the customer who is spoken with. */
  name: string;
  /** What the customer writes with, such as `WhatsApp`. Default: not told. */
  channel?: string;
  /** The address of their chat, whose server must let the desk's origin show it in a frame. */
  chatUrl: string;
}

/** Whose phones stand beside the desk. */
export interface DeskCustomers {
  shown(): readonly DeskCustomer[];
  /** @throws EmulatorOptionError for an address that is none. */
  show(customers: readonly DeskCustomer[]): void;
  /** Desks that are open hear of others. */
  readonly changes: Hub<readonly DeskCustomer[]>;
}

export function createDeskCustomers(): DeskCustomers {
  let shown: readonly DeskCustomer[] = [];
  const changes = createHub<readonly DeskCustomer[]>();
  return {
    shown: () => shown,
    show(customers) {
      if (!customers.every(({ chatUrl }) => /^https?:\/\/[^\s;,]+$/.test(chatUrl)))
        throw new EmulatorOptionError("A customer's chatUrl must be an absolute http: or https: URL.");
      shown = customers;
      changes.tell(shown);
    },
    changes,
  };
}
