import { useEffect, useState } from "preact/hooks";
import { choosePictures } from "../chat/choose-pictures.ts";
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
  /** Sends those of the files that are pictures, one after the other. */
  sendPictures(files: readonly File[]): void;
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

  const attempt = (work: Promise<void>, whenDone?: string): void =>
    void work.then(
      () => setRefusal(whenDone),
      (error: unknown) => setRefusal(error instanceof Error ? error.message : String(error)),
    );

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
      if (customer) attempt(api.act(customer, action));
    },
    sendPictures(files) {
      if (!customer) return;
      const { pictures, fault } = choosePictures(files);
      attempt(
        sendAll(pictures, (picture) => api.sendPicture(customer, picture)),
        fault,
      );
    },
  };
}

async function sendAll(pictures: readonly File[], send: (picture: File) => Promise<void>): Promise<void> {
  for (const picture of pictures) await send(picture);
}

function customerOfHash(): PhoneCustomer | undefined {
  const address = decodeURIComponent(location.hash.slice(1));
  return address === "" ? undefined : { address, name: address };
}
