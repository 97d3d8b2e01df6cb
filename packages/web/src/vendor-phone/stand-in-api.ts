import type { ChatEntry, CustomerAction, PhoneCustomer, Vendor } from "./stand-in-wire.ts";

/** The stand-in that serves the page. Each throws an `Error` with its words where it says no. */
export interface StandInApi {
  vendor(): Promise<Vendor>;
  customers(): Promise<PhoneCustomer[]>;
  chat(address: string): Promise<ChatEntry[]>;
  act(customer: PhoneCustomer, action: CustomerAction): Promise<void>;
  /** Calls back at once and after every change. @returns Ends that. */
  follow(onChange: () => void, onConnection: (isOpen: boolean) => void): () => void;
}

/** Speaks to the stand-in that serves the page. */
export function createStandInApi(): StandInApi {
  const of = (address: string): string => `/customers/${encodeURIComponent(address)}`;
  return {
    vendor: async () => (await call<{ vendor: Vendor }>("")).vendor,
    customers: async () => (await call<{ customers: PhoneCustomer[] }>("/customers")).customers,
    chat: async (address) => (await call<{ chat: ChatEntry[] }>(`${of(address)}/chat`)).chat,
    act: ({ address, name }, action) =>
      call(`${of(address)}/actions?${new URLSearchParams({ name })}`, action),
    follow(onChange, onConnection) {
      const changes = new EventSource("/stand-in/changes");
      changes.addEventListener("message", onChange);
      changes.addEventListener("open", () => onConnection(true));
      changes.addEventListener("error", () => onConnection(false));
      return () => changes.close();
    },
  };
}

async function call<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(
    `/stand-in${path}`,
    body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const text = await response.text();
  if (!response.ok) throw new Error(messageIn(text) ?? `The stand-in answered ${response.status}.`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

function messageIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return undefined;
  }
}
