import type { BotState, OutgoingMessageRequest } from "@quickcard/client/genesys-cloud";
import type { Content } from "@quickcard/content";
import { z } from "zod";
import { toReplyMessage } from "./bot-reply.ts";
import { fillTemplate, type MessageTemplate } from "./message-templates.ts";

/** The one bot here, as it is registered with Genesys Cloud. */
export const botId = "quickcard";
export const botVersion = "1";

/** The parameter by which a flow names a template. Every other parameter is a variable of it. */
const templateParameter = "template";

const inputSchema = z.looseObject({
  type: z.string(),
  text: z.string().max(10_000).optional(),
  content: z
    .array(
      z.looseObject({
        buttonResponse: z.looseObject({ text: z.string(), payload: z.string() }).optional(),
      }),
    )
    .max(100)
    .optional(),
});

/** What a flow asks, by either bot connector. */
export const turnSchema = z.looseObject({
  botId: z.string().max(128).optional(),
  botVersion: z.string().max(128).optional(),
  botSessionId: z.string().max(128),
  inputMessage: inputSchema.optional(),
  languageCode: z.string().max(32).optional(),
  parameters: z.record(z.string().max(64), z.string().max(4096)).optional(),
});

/** One turn of a flow with the bot. Everything that it depends on is in it. */
export type Turn = z.output<typeof turnSchema>;

/** What the bot says in a turn. */
export function answerTurn(templates: readonly MessageTemplate[], turn: Turn): OutgoingMessageRequest {
  const { [templateParameter]: name = "", ...values } = turn.parameters ?? {};
  const template = templates.find((candidate) => candidate.name === name);
  if (!template) {
    const known = templates.map((candidate) => candidate.name).join(", ");
    return failed(turn, `There is no template ${JSON.stringify(name)}. There are: ${known}.`);
  }
  const filled = fillTemplate(template, values, { allowHttp: false });
  if (!filled.ok) return failed(turn, filled.reason);
  const choices = choicesOf(filled.content);
  const choice = choices.find((candidate) => isChosen(candidate, turn.inputMessage));
  if (choice) {
    const { label, value } = choice;
    return reply(turn, "Complete", { intent: name, parameters: { choice: value, choiceLabel: label } });
  }
  const replyMessages = [toReplyMessage(filled.content)];
  return choices.length > 0
    ? reply(turn, "MoreData", { replyMessages })
    : reply(turn, "Complete", { intent: name, replyMessages });
}

interface Chosen {
  label: string;
  value: string;
}

/** What of a message can be tapped so that something comes back. */
function choicesOf(content: Content): Chosen[] {
  if (content.type === "quick-reply") return content.choices;
  const cards = content.type === "card" ? [content] : content.type === "carousel" ? content.cards : [];
  return cards.flatMap(({ actions = [], defaultAction }) =>
    [...actions, ...(defaultAction ? [defaultAction] : [])].flatMap((action) =>
      action.type === "postback" ? [{ label: action.title, value: action.payload }] : [],
    ),
  );
}

function isChosen({ label, value }: Chosen, input: Turn["inputMessage"]): boolean {
  const tapped = input?.content?.find(({ buttonResponse }) => buttonResponse)?.buttonResponse;
  if (tapped) return tapped.payload === value;
  return input?.text?.trim().toLowerCase() === label.trim().toLowerCase();
}

function failed(turn: Turn, message: string): OutgoingMessageRequest {
  const code = "template.unusable";
  // The published model and the connectors in use name these fields differently.
  const errorInfo = { code, message, errorCode: code, errorMessage: message };
  return reply(turn, "Failed", { intent: "", errorInfo });
}

function reply(
  { botSessionId, languageCode = "en-us" }: Turn,
  botState: BotState,
  more: Partial<OutgoingMessageRequest>,
): OutgoingMessageRequest {
  return { botId, botVersion, botSessionId, botState, languageCode, confidence: 1, ...more };
}
