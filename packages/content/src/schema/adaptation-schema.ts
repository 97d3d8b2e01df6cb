import * as z from "#zod";
import { adaptationPolicies } from "../adaptation-options.ts";
import type { Channel } from "../channel.ts";
import { limits } from "../limits.ts";
import { customIssue, described, list, text, type UrlField } from "./schema-parts.ts";

/** The schema of what is done where a channel cannot show the content as it is. */
export function adaptationSchema<C extends z.ZodMiniType>(content: C, url: UrlField) {
  const policy = described(z.enum(adaptationPolicies), {
    description:
      "Whether the content is changed in a way that keeps its meaning, or refused; default: `adapt`.",
  });
  const own = z.exactOptional(content);
  const byChannel = {
    web: own,
    whatsapp: own,
    messenger: own,
    instagram: own,
    line: own,
    telegram: own,
    custom: own,
  } satisfies Record<Channel, typeof own>;
  const fallbacks = described(z.strictObject(byChannel), {
    id: "Fallbacks",
    title: "Fallbacks",
    description: "Contents of the sender's own, sent on their channel in place of one that would be changed.",
  });
  return described(
    z.strictObject({
      policy: z.exactOptional(policy),
      fallbacks: z.exactOptional(fallbacks),
      whatsappTemplate: z.exactOptional(templateSchema(url)),
    }),
    {
      id: "AdaptationOptions",
      title: "Adaptation options",
      description: "What is done where the contact's channel cannot show the content as it is.",
    },
  );
}

function templateSchema(url: UrlField) {
  const body = list(parameter("What stands in a parameter."), "What fills the body, in order.", {
    min: 1,
    max: limits.templateParameters,
  });
  const buttons = list(buttonSchema(), "What the buttons carry, in order.", {
    min: 1,
    max: limits.templateButtons,
  });
  return described(
    z.strictObject({
      name: text("The template's name.", { maxLength: limits.templateName }),
      language: text("The code of its language, such as en_US.", { maxLength: limits.templateName }),
      header: z.exactOptional(headerSchema(url)),
      body: z.exactOptional(body),
      buttons: z.exactOptional(buttons),
    }),
    {
      id: "WhatsAppTemplate",
      title: "WhatsApp template",
      description: "A template that Meta has approved, sent where WhatsApp's 24-hour window is closed.",
    },
  );
}

function headerSchema(url: UrlField) {
  const header = z.strictObject({
    text: z.exactOptional(parameter("What stands in the header's parameter.")),
    imageUrl: z.exactOptional(url("Where the header's picture is.")),
    videoUrl: z.exactOptional(url("Where the header's film is.")),
    fileUrl: z.exactOptional(url("Where the header's file is.")),
  });
  return described(header.check(z.check(hasOne)), {
    id: "WhatsAppTemplateHeader",
    title: "Header of a WhatsApp template",
    description: "What fills the header: exactly one of these.",
  });
}

function buttonSchema() {
  const button = z.strictObject({
    payload: z.exactOptional(text("What a tap on a quick reply returns.", { maxLength: limits.payload })),
    urlSuffix: z.exactOptional(parameter("The variable end of the URL that it opens.")),
  });
  return described(button.check(z.check(hasOne)), {
    id: "WhatsAppTemplateButton",
    title: "Button of a WhatsApp template",
    description: "What a button carries: exactly one of these.",
  });
}

function parameter(description: string): z.ZodMiniString {
  return text(description, { maxLength: limits.templateParameter });
}

function hasOne({ value, issues }: z.core.ParsePayload<object>): void {
  if (Object.keys(value).length === 1) return;
  issues.push(customIssue(value, [], "does not have exactly one field", { fix: "Give one of its fields." }));
}
