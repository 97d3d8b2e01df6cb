import { useEffect, useState } from "preact/hooks";
import type { StandInApi } from "./stand-in-api.ts";
import type { ChatEntry, CustomerAction, PhoneCustomer, Vendor } from "./stand-in-wire.ts";

/** What the page shows, and what can be done on it. */
export interface PhoneState {
  vendor: Vendor | undefined;
  customers: readonly PhoneCustomer[];
  customer: PhoneCustomer | undefined;
  chat: readonly ChatEntry[];
  isConnected: boolean;
  /** What the stand-in refused last. */
  refusal: string | undefined;
  choose(customer: PhoneCustomer): void;
  act(action: CustomerAction): void;
}

/** Follows a stand-in: its customers, and the chat of the one whose phone is shown. The address bar names that one. */
export function useStandIn(api: StandInApi): PhoneState {
  const [vendor, setVendor] = useState<Vendor>();
  const [customers, setCustomers] = useState<readonly PhoneCustomer[]>([]);
  const [chosen, setChosen] = useState<PhoneCustomer | undefined>(customerOfHash);
  const [chat, setChat] = useState<readonly ChatEntry[]>([]);
  const [changes, setChanges] = useState(0);
  const [isConnected, setIsConnected] = useState(true);
  const [refusal, setRefusal] = useState<string>();
  const customer = customers.find(({ address }) => address === chosen?.address) ?? chosen ?? customers[0];
  const address = customer?.address;

  useEffect(() => api.follow(() => setChanges((count) => count + 1), setIsConnected), [api]);

  useEffect(() => {
    let isStale = false;
    async function read(): Promise<void> {
      const [name, all, entries] = await Promise.all([
        api.vendor(),
        api.customers(),
        address === undefined ? [] : api.chat(address),
      ]);
      if (isStale) return;
      setVendor(name);
      setCustomers(all);
      setChat(entries);
    }
    // The stream tells again once the stand-in is back.
    if (changes > 0) read().catch(() => setIsConnected(false));
    return () => {
      isStale = true;
    };
  }, [api, address, changes]);

  return {
    vendor,
    customers,
    customer,
    chat,
    isConnected,
    refusal,
    choose(next) {
      setChosen(next);
      setRefusal(undefined);
      history.replaceState(null, "", `#${encodeURIComponent(next.address)}`);
    },
    act(action) {
      if (!customer) return;
      api.act(customer, action).then(
        () => setRefusal(undefined),
        (error: unknown) => setRefusal(error instanceof Error ? error.message : String(error)),
      );
    },
  };
}

function customerOfHash(): PhoneCustomer | undefined {
  const address = decodeURIComponent(location.hash.slice(1));
  return address === "" ? undefined : { address, name: address };
}
