import { join } from "node:path";
import type { Vendor } from "@quickcard/emulator/vendors";
import type { ChannelAdapter } from "@quickcard/gateway";
import { demoCustomers } from "./demo-customers.ts";
import { vendorAccounts } from "./vendor-accounts.ts";

/** The stand-in of a channel's vendor, with a customer who has its app. */
export interface DemoVendor {
  readonly adapter: ChannelAdapter;
  readonly customer: {
    readonly channel: Vendor;
    readonly name: string;
    readonly app: string;
    readonly address: string;
    readonly phoneUrl: string;
  };
  /** Tells the vendor where the gateway's webhook is. */
  callGateway(gatewayUrl: string): Promise<void>;
  /** Lets the customer write; resolves once the gateway has it. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a vendor's stand-in on this computer, with secrets of its own. It goes on with the chat of the last start.
 *
 * @param place Where chats are kept, and the origin that may show the phone in a frame: the agent desk's.
 */
export async function startDemoVendor(
  channel: Vendor,
  { dataDirectory, framedBy }: { dataDirectory: string; framedBy: string },
): Promise<DemoVendor> {
  const { startStandIn } = await import("@quickcard/emulator/vendors");
  const { standIn, createAdapter, subscribe } = await vendorAccounts[channel](
    join(dataDirectory, `${channel}.jsonl`),
  );
  const { name, app, createAddress } = demoCustomers[channel];
  const { address } = standIn.customers().find((known) => known.name === name) ?? {
    address: createAddress(),
  };
  const customer = standIn.customer(address, name);
  const { url, phoneUrl, close } = await startStandIn(standIn, { framedBy });
  return {
    adapter: createAdapter(url),
    customer: { channel, name, app, address, phoneUrl: `${phoneUrl}#${address}` },
    callGateway: async (gatewayUrl) => subscribe(`${gatewayUrl}/channels/${channel}/webhook`, url),
    async write(text) {
      customer.type(text);
      await standIn.settled();
    },
    close,
  };
}
