import type { JSX } from "preact";
import { Icon } from "../message/icons.tsx";
import type { DeskCustomer } from "./desk-wire.ts";

/** The customer's own page, as they have it on their phone. */
export function CustomerPhone({ customer }: { customer: DeskCustomer | undefined }): JSX.Element {
  return (
    <section class="customer" aria-labelledby="customer-title">
      <header class="pane-heading">
        <h2 id="customer-title">{customer ? `${customer.name}’s phone` : "Customer’s phone"}</h2>
        {customer && (
          <a class="plain" href={customer.chatUrl} target="_blank" rel="noopener noreferrer">
            Own window <Icon name="outside" />
          </a>
        )}
      </header>
      <div class="phone">
        {customer ? (
          <iframe src={customer.chatUrl} title={`The chat as ${customer.name} has it`} />
        ) : (
          <NoCustomer />
        )}
      </div>
    </section>
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
        Customers come in through your own program. <code>quickcard dev</code> puts its demo customer here.
      </p>
    </div>
  );
}
