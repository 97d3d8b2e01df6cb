/** A vendor that has a stand-in; each is a channel of the same name. */
export type Vendor = "whatsapp" | "messenger" | "instagram" | "line" | "telegram";

/** What a message shows, whatever the vendor's format. */
export interface Shown {
  texts: string[];
  media: string[];
  mediaKind?: "image" | "audio" | "video" | "file";
  choices: { id: string; label: string }[];
  links: { label: string; url: string }[];
  place?: { latitude: number; longitude: number };
  hasList?: true;
  cards?: Shown[];
}

/** A message that came from a program. */
export interface ReceivedMessage {
  id: string;
  at: number;
  status: "accepted" | "delivered" | "read" | "failed";
  failure?: number;
  body: unknown;
  shown: Shown;
}

/** What the customer did. */
export type CustomerDoing =
  | { type: "text"; text: string }
  | { type: "tap"; label: string }
  | { type: "media"; kind: "image" | "audio" | "video" | "file"; url: string; caption?: string }
  | { type: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { type: "block" };

/** One entry of a chat, as the customer sees it. */
export type ChatEntry =
  | { from: "program"; message: ReceivedMessage }
  | { from: "customer"; at: number; doing: CustomerDoing };

/** A customer whose phone can be shown. */
export interface PhoneCustomer {
  address: string;
  name: string;
}

/** What a customer can be made to do here. */
export type CustomerAction =
  | { action: "type"; text: string }
  | { action: "tap"; messageId: string; choiceId: string }
  | { action: "read" }
  | { action: "send-media"; kind: "image"; url: string; mimeType: string };
