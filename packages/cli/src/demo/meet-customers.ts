import type { OpenMessagingClient } from "@quickcard/client";
import { demoMenu } from "./demo-messages.ts";
import type { DemoVendor } from "./demo-vendor.ts";

/** A customer with a vendor's app, as the program knows them. */
export type MetCustomer = DemoVendor["customer"] & { readonly contactId: string };

/**
 * Makes a contact of each customer who has a vendor's app, and lets them begin, for most vendors let nobody be written to
 * who has not written: the customer says hello, and the program answers with the menu. Those of earlier starts are gone
 * with their phones: their conversations end.
 */
export async function meetCustomers(
  client: OpenMessagingClient,
  vendors: readonly DemoVendor[],
  signal: AbortSignal,
): Promise<MetCustomer[]> {
  const met: MetCustomer[] = [];
  for (const { customer, write } of vendors) {
    const { channel, address, name } = customer;
    for await (const { id } of client.contacts.listAll({ channel, state: "active", signal }))
      await client.contacts.close(id, { signal });
    const { id: contactId } = await client.contacts.create(
      { channel, address, displayName: name },
      { signal },
    );
    await write("Hello");
    await client.messages.send(contactId, demoMenu(), { signal });
    met.push({ ...customer, contactId });
  }
  return met;
}
