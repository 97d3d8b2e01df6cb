import { randomBytes, randomInt } from "node:crypto";
import type { Vendor } from "@quickcard/emulator/vendors";

/** A customer of the demo who has a vendor's app. */
interface DemoCustomerOfVendor {
  /** Another one each: by it the desk tells the phones apart. */
  readonly name: string;
  readonly app: string;
  /** An address of the kind that the vendor gives its customers; another one at each call. */
  createAddress(): string;
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("");

/** Who has which app, at hand without loading the stand-ins. */
export const demoCustomers: Readonly<Record<Vendor, DemoCustomerOfVendor>> = {
  whatsapp: { name: "Grace", app: "WhatsApp", createAddress: () => `49151${digits(8)}` },
  messenger: { name: "Mary", app: "Messenger", createAddress: () => `6${digits(15)}` },
  instagram: { name: "Joan", app: "Instagram", createAddress: () => `7${digits(15)}` },
  line: { name: "Hedy", app: "LINE", createAddress: () => `U${randomBytes(16).toString("hex")}` },
  telegram: { name: "Radia", app: "Telegram", createAddress: () => `7${digits(8)}` },
};

/** The channels whose vendors the demo has a stand-in for. */
export const demoChannels = Object.keys(demoCustomers) as Vendor[];
