/** The channels that a contact can be on. */
export const channels = ["web"] as const;

/** Where the customer reads. */
export type Channel = (typeof channels)[number];
