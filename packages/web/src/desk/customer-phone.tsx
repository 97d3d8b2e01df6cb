import type { JSX } from "preact";
import { Icon } from "../message/icons.tsx";
import type { DeskState } from "./desk-state.ts";
import type { DeskCustomer } from "./desk-wire.ts";

/** A customer's own page, as they have it on their phone. */
export function CustomerPhone({
  state: { start, shownCustomer },
  onShow,
}: {
  state: DeskState;
  onShow: (name: string) => void;
}): JSX.Element {
  const customers = start?.customers ?? [];
  const customer = customers.find(({ name }) => name === shownCustomer) ?? customers[0];
  return (
    <section class="customer" aria-labelledby="customer-title">
      <header class="pane-heading">
        <h2 id="customer-title" class={customers.length > 1 ? "unseen" : undefined}>
          {customer ? `${customer.name}’s phone` : "Customer’s phone"}
        </h2>
        {customer && customers.length > 1 && (
          <PhoneChoice customers={customers} customer={customer} onShow={onShow} />
        )}
        {customer && (
          <a class="plain" href={customer.chatUrl} target="_blank" rel="noopener noreferrer">
            Own window <Icon name="outside" />
          </a>
        )}
      </header>
      <div class="phone">
        {customer ? (
          // Another frame each: what one customer has on screen, the next one has not read.
          <iframe
            key={customer.chatUrl}
            src={customer.chatUrl}
            title={`The chat as ${customer.name} has it`}
          />
        ) : (
          <NoCustomer />
        )}
      </div>
    </section>
  );
}

function PhoneChoice({
  customers,
  customer,
  onShow,
}: {
  customers: readonly DeskCustomer[];
  customer: DeskCustomer;
  onShow: (name: string) => void;
}): JSX.Element {
  return (
    <select
      class="phone-choice"
      aria-label="Phone"
      value={customer.name}
      onChange={(event) => onShow(event.currentTarget.value)}
    >
      {customers.map(({ name, channel }) => (
        <option key={name} value={name}>
          {channel === undefined ? name : `${name} · ${channel}`}
        </option>
      ))}
    </select>
  );
}

function NoCustomer(): JSX.Element {
  return (
    <div class="no-customer">
      <Icon name="phone" />
      <p>
        <strong>No page of a customer’s is shown here.</strong>
      </p>
      <p>
        Customers come in through your own program. <code>quickcard dev</code> puts its demo customers here.
      </p>
    </div>
  );
}
