/** The channels that a contact can be on. */
export const channels = ["web", "whatsapp", "messenger", "instagram", "line", "telegram", "custom"] as const;

/** Where the customer reads. */
export type Channel = (typeof channels)[number];
