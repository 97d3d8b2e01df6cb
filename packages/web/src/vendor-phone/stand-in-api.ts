import { askServer } from "../ask-server.ts";
import { shrinkPicture } from "../chat/shrink-picture.ts";
import type { ChatEntry, CustomerAction, PhoneCustomer, Vendor } from "./stand-in-wire.ts";

/** The stand-in that serves the page. Each throws a `ServerRefusal` where it says no. */
export interface StandInApi {
  vendor(): Promise<Vendor>;
  customers(): Promise<PhoneCustomer[]>;
  chat(address: string): Promise<ChatEntry[]>;
  act(customer: PhoneCustomer, action: CustomerAction): Promise<void>;
  sendPicture(customer: PhoneCustomer, picture: Blob): Promise<void>;
  /** Calls back at once and after every change. @returns Ends that. */
  follow(onChange: () => void, onConnection: (isOpen: boolean) => void): () => void;
}

/** Speaks to the stand-in that serves the page. */
export function createStandInApi(): StandInApi {
  const call = askServer("/stand-in", "stand-in");
  const of = (address: string): string => `/customers/${encodeURIComponent(address)}`;
  const act: StandInApi["act"] = ({ address, name }, action) =>
    call("POST", `${of(address)}/actions?${new URLSearchParams({ name })}`, action);
  return {
    vendor: async () => (await call<{ vendor: Vendor }>("GET", "")).vendor,
    customers: async () => (await call<{ customers: PhoneCustomer[] }>("GET", "/customers")).customers,
    chat: async (address) => (await call<{ chat: ChatEntry[] }>("GET", `${of(address)}/chat`)).chat,
    act,
    async sendPicture(customer, picture) {
      const shrunk = await shrinkPicture(picture);
      const { url } = await call<{ url: string }>("POST", "/pictures", shrunk);
      await act(customer, { action: "send-media", kind: "image", url, mimeType: shrunk.type });
    },
    follow(onChange, onConnection) {
      const changes = new EventSource("/stand-in/changes");
      changes.addEventListener("message", onChange);
      changes.addEventListener("open", () => onConnection(true));
      changes.addEventListener("error", () => onConnection(false));
      return () => changes.close();
    },
  };
}
