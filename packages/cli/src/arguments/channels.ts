import type { Channel } from "@quickcard/content";

const names: Record<Channel, true> = {
  web: true,
  whatsapp: true,
  messenger: true,
  instagram: true,
  line: true,
  telegram: true,
  custom: true,
};

/** The channels that a contact can be on, at hand without loading the content package. */
export const channels = Object.keys(names) as Channel[];
