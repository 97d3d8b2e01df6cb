import { channelProfiles } from "@quickcard/content/channels";
import type { JSX, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { Composer } from "../chat/view/composer.tsx";
import { PhoneScreen } from "./phone-screen.tsx";
import type { StandInApi } from "./stand-in-api.ts";
import type { PhoneCustomer, Vendor } from "./stand-in-wire.ts";
import { type PhoneState, useStandIn } from "./use-stand-in.ts";

/** The phones of a stand-in's customers, one at a time; `isAlone`: the one that the address names, and nothing beside it. */
export function VendorPhonePage({ api, isAlone }: { api: StandInApi; isAlone: boolean }): JSX.Element {
  const state = useStandIn(api);
  const { vendor, customers, customer, isConnected, refusal, choose } = state;
  return (
    <main class={isAlone ? "vendor-phone alone" : "vendor-phone"}>
      <header class={isAlone ? "unseen" : "phone-head"}>
        <h1>Customer's phone{vendor && <span class="of"> {channelProfiles[vendor].title}</span>}</h1>
        {!isAlone && <CustomerChoice customers={customers} customer={customer} onChoose={choose} />}
      </header>
      <p class="phone-fault" role="alert">
        {isConnected ? refusal : "The stand-in does not answer. The page goes on once it does."}
      </p>
      {vendor && (customer ? <Phone {...state} vendor={vendor} customer={customer} /> : <Nobody />)}
      {vendor && !isAlone && <NewCustomer vendor={vendor} isFirst={!customer} onChoose={choose} />}
    </main>
  );
}

interface PhoneProps extends PhoneState {
  vendor: Vendor;
  customer: PhoneCustomer;
}

function Phone({ vendor, customer, chat, act, sendPictures }: PhoneProps): JSX.Element {
  return (
    <section class="phone" data-channel={vendor} aria-label={`The phone of ${customer.name}`}>
      <div class="phone-bar" aria-hidden="true">
        <span class="phone-avatar" />
        <span class="phone-name">Your company</span>
      </div>
      <PhoneScreen key={customer.address} vendor={vendor} chat={chat} onAct={act} />
      <Composer onSend={(text) => act({ action: "type", text })} onFiles={sendPictures} />
    </section>
  );
}

function Nobody(): JSX.Element {
  return (
    <section class="phone nobody">
      <p>
        Nobody has written, and nobody was written to. Take a customer's phone below and write something, or
        send a message through the gateway: it appears here at once.
      </p>
    </section>
  );
}

interface CustomerChoiceProps {
  customers: readonly PhoneCustomer[];
  customer: PhoneCustomer | undefined;
  onChoose: (customer: PhoneCustomer) => void;
}

function CustomerChoice({ customers, customer, onChoose }: CustomerChoiceProps): JSX.Element | null {
  if (!customer) return null;
  const all = customers.some(({ address }) => address === customer.address)
    ? customers
    : [...customers, customer];
  const choose = (address: string): void => {
    const chosen = all.find((one) => one.address === address);
    if (chosen) onChoose(chosen);
  };
  return (
    <select
      aria-label="Customer"
      value={customer.address}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {all.map(({ address, name }) => (
        <option key={address} value={address}>
          {name === address ? address : `${name}, ${address}`}
        </option>
      ))}
    </select>
  );
}

/** An address of the kind that the vendor gives its customers. */
const addresses: Record<Vendor, string> = {
  whatsapp: "4915112345678",
  messenger: "6172839405162738",
  instagram: "6172839405162738",
  line: `U${"a1".repeat(16)}`,
  telegram: "712345678",
};

interface NewCustomerProps {
  vendor: Vendor;
  isFirst: boolean;
  onChoose: (customer: PhoneCustomer) => void;
}

function NewCustomer({ vendor, isFirst, onChoose }: NewCustomerProps): JSX.Element {
  const [address, setAddress] = useState(addresses[vendor]);
  const [name, setName] = useState("Ada");
  const take = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onChoose({ address: address.trim(), name: name.trim() });
  };
  return (
    <details class="another" open={isFirst}>
      <summary>{isFirst ? "A customer" : "Another customer"}</summary>
      <form class="new-customer" onSubmit={take}>
        <label>
          Address
          <input
            value={address}
            required
            maxLength={100}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <label>
          Name
          <input
            value={name}
            required
            maxLength={100}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Take this phone</button>
      </form>
    </details>
  );
}
