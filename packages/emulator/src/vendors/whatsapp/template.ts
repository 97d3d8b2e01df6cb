import type { ShownChoice } from "../stand-in.ts";
import type { WhatsAppTemplateMessage } from "./message-schema.ts";

/** A template that Meta has approved for the account. */
export interface WhatsAppTemplate {
  name: string;
  /** Such as `en_US`. */
  language: string;
  /** With `{{1}}`, `{{2}}` … for the parameters of the body. */
  body: string;
  /** The quick-reply buttons below it. */
  buttons?: readonly string[];
}

/** Why a template cannot be sent. */
export type TemplateFault = "unknown" | "parameters";

/** Checks a message against the approved templates. */
export function templateFault(
  message: WhatsAppTemplateMessage,
  templates: readonly WhatsAppTemplate[],
): TemplateFault | undefined {
  const template = findTemplate(message, templates);
  if (!template) return "unknown";
  const asked = new Set(template.body.match(/\{\{\d+\}\}/g) ?? []).size;
  return bodyParameters(message).length === asked ? undefined : "parameters";
}

/** What the customer sees of a template. */
export function filled(
  message: WhatsAppTemplateMessage,
  templates: readonly WhatsAppTemplate[],
): { texts: string[]; choices: ShownChoice[] } {
  const template = findTemplate(message, templates);
  const values = bodyParameters(message);
  const text = template?.body.replace(/\{\{(\d+)\}\}/g, (_, nth: string) => values[Number(nth) - 1] ?? "");
  const choices = (template?.buttons ?? []).map((label, index) => ({
    id: payloadOf(message, index) ?? label,
    label,
  }));
  return { texts: text === undefined ? [] : [text], choices };
}

function findTemplate(message: WhatsAppTemplateMessage, templates: readonly WhatsAppTemplate[]) {
  return templates.find(({ name, language }) => name === message.name && language === message.language.code);
}

function bodyParameters({ components = [] }: WhatsAppTemplateMessage): string[] {
  return components.flatMap((component) =>
    component.type === "body"
      ? component.parameters.map((parameter) => (parameter.type === "text" ? parameter.text : ""))
      : [],
  );
}

function payloadOf({ components = [] }: WhatsAppTemplateMessage, index: number): string | undefined {
  for (const component of components) {
    if (component.type !== "button" || Number(component.index) !== index) continue;
    const [parameter] = component.parameters;
    if (parameter?.type === "payload") return parameter.payload;
  }
  return undefined;
}
