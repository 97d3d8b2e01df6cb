import type { WhatsAppTemplate, WhatsAppTemplateButton, WhatsAppTemplateHeader } from "@quickcard/content";
import type { Answer } from "@quickcard/content/channels";
import type { RenderingRecord } from "../../store/channel-records.ts";

/** A template as WhatsApp takes it. What its buttons return gets aliases, as the values of contents do. */
export function planTemplate(template: WhatsAppTemplate, messageId: string): RenderingRecord {
  const { name, language, header, body = [], buttons = [] } = template;
  const components = [
    ...(header ? [{ type: "header", parameters: [headerParameter(header)] }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map((text) => ({ type: "text", text })) }] : []),
    ...buttons.map((button, index) => buttonComponent(button, index, messageId)),
  ];
  const part = {
    type: "template",
    template: { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) },
  };
  return {
    parts: [part],
    notices: [],
    answers: buttons.flatMap((button, index) => answerOf(button, index, messageId)),
  };
}

function headerParameter({ text, imageUrl, videoUrl, fileUrl }: WhatsAppTemplateHeader) {
  if (text !== undefined) return { type: "text", text };
  if (imageUrl !== undefined) return { type: "image", image: { link: imageUrl } };
  if (videoUrl !== undefined) return { type: "video", video: { link: videoUrl } };
  return { type: "document", document: { link: fileUrl } };
}

function buttonComponent({ urlSuffix }: WhatsAppTemplateButton, index: number, messageId: string) {
  const [subType, parameter] =
    urlSuffix === undefined
      ? ["quick_reply", { type: "payload", payload: aliasOf(messageId, index) }]
      : ["url", { type: "text", text: urlSuffix }];
  return { type: "button", sub_type: subType, index: String(index), parameters: [parameter] };
}

function answerOf({ payload }: WhatsAppTemplateButton, index: number, messageId: string): Answer[] {
  if (payload === undefined) return [];
  const path = `/adaptation/whatsappTemplate/buttons/${index}`;
  // What stands on it is known to WhatsApp alone, which tells it with the tap.
  return [
    { kind: "quick-reply", choice: index, label: "", value: payload, alias: aliasOf(messageId, index), path },
  ];
}

function aliasOf(messageId: string, index: number): string {
  return `${messageId}.${index.toString(36)}`;
}
