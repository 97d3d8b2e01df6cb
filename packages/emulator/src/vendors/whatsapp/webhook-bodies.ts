/** The bodies of WhatsApp's webhooks of the field `messages`. */
import { mimeTypeOf } from "../media-box.ts";
import type { CustomerMedia, ReceivedMessage, ShownChoice } from "../stand-in.ts";
import { type WhatsAppErrorCode, whatsAppErrors } from "./whatsapp-errors.ts";

/** The number that a program sends from. */
export interface BusinessNumber {
  businessAccountId: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
}

/** Wraps one message or status as Meta does. */
export function changeOf(business: BusinessNumber, value: object): object {
  const { businessAccountId, phoneNumberId, displayPhoneNumber } = business;
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  const whole = { messaging_product: "whatsapp", metadata, ...value };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: businessAccountId, changes: [{ value: whole, field: "messages" }] }],
  };
}

/** The news of how far a message has come. */
export function statusOf(
  message: ReceivedMessage,
  status: "sent" | "delivered" | "read" | "failed",
  at: number,
  failure?: WhatsAppErrorCode,
): object {
  const data = (message.body as { biz_opaque_callback_data?: string }).biz_opaque_callback_data;
  return {
    statuses: [
      {
        id: message.id,
        status,
        timestamp: seconds(at),
        recipient_id: message.to,
        ...(failure === undefined ? {} : { errors: [toError(failure)] }),
        ...(data === undefined ? {} : { biz_opaque_callback_data: data }),
      },
    ],
  };
}

function toError(code: WhatsAppErrorCode) {
  const { message, ...rest } = whatsAppErrors[code];
  const details = "details" in rest ? rest.details : message;
  return { code, title: message, message, error_data: { details } };
}

/** What a customer did, with who it was. */
export function messageOf(
  from: { address: string; name: string },
  id: string,
  at: number,
  what: object,
): object {
  return {
    contacts: [{ profile: { name: from.name }, wa_id: from.address }],
    messages: [{ from: from.address, id, timestamp: seconds(at), ...what }],
  };
}

/** A tap, which comes back in the form of what was tapped. */
export function tapOf(message: ReceivedMessage, choice: ShownChoice, businessNumber: string): object {
  const context = { from: businessNumber, id: message.id };
  const body = message.body as { type: string; interactive?: { type: string } };
  if (body.type === "template") {
    return { context, type: "button", button: { payload: choice.id, text: choice.label } };
  }
  const reply = { id: choice.id, title: choice.label };
  const interactive =
    body.interactive?.type === "list"
      ? { type: "list_reply", list_reply: reply }
      : { type: "button_reply", button_reply: reply };
  return { context, type: "interactive", interactive };
}

const kinds = { image: "image", audio: "audio", video: "video", file: "document" } as const;

/** A picture, sound, film or file: only its id comes, the bytes are fetched with a token. */
export function mediaOf(media: CustomerMedia, mediaId: string): object {
  const type = kinds[media.kind];
  const { caption, filename } = media;
  return {
    type,
    [type]: {
      id: mediaId,
      mime_type: mimeTypeOf(media),
      ...(caption === undefined ? {} : { caption }),
      ...(filename === undefined ? {} : { filename }),
    },
  };
}

function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}
