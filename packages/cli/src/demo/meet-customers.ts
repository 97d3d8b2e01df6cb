import type { Contact, OpenMessagingClient } from "@quickcard/client";
import { demoMenu } from "./demo-messages.ts";
import type { DemoVendor } from "./demo-vendor.ts";

/** A customer with a vendor's app, as the program knows them. */
export type MetCustomer = DemoVendor["customer"] & { readonly contactId: string };

/**
 * Finds the contact of each customer who has a vendor's app. Who has none yet begins, for most vendors let nobody be
 * written to who has not written: the customer says hello, and the program answers with the menu.
 */
export async function meetCustomers(
  client: OpenMessagingClient,
  vendors: readonly DemoVendor[],
  signal: AbortSignal,
): Promise<MetCustomer[]> {
  const met: MetCustomer[] = [];
  for (const vendor of vendors) {
    const { id: contactId } =
      (await findContact(client, vendor, signal)) ?? (await begin(client, vendor, signal));
    met.push({ ...vendor.customer, contactId });
  }
  return met;
}

async function findContact(
  client: OpenMessagingClient,
  { customer: { channel, address } }: DemoVendor,
  signal: AbortSignal,
): Promise<Contact | undefined> {
  for await (const contact of client.contacts.listAll({ channel, signal }))
    if (contact.address === address) return contact;
  return undefined;
}

async function begin(
  client: OpenMessagingClient,
  { customer: { channel, address, name }, write }: DemoVendor,
  signal: AbortSignal,
): Promise<Contact> {
  const contact = await client.contacts.create({ channel, address, displayName: name }, { signal });
  await write("Hello");
  await client.messages.send(contact.id, demoMenu(), { signal });
  return contact;
}
