import { createHash, timingSafeEqual } from "node:crypto";
import type { BotState, OutgoingMessageRequest } from "@quickcard/client/genesys-cloud";
import type { Content } from "@quickcard/content";
import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import { toReplyMessage } from "./bot-reply.ts";
import { fillTemplate, type MessageTemplate } from "./message-templates.ts";

/** What the bot stands on. */
export interface BotConnectorOptions {
  secret: string;
  templates: readonly MessageTemplate[];
}

/** The parameter by which a flow names a template. Every other parameter is a variable of it. */
const templateParameter = "template";

/** The header that Genesys Cloud is told to send: a credential of the integration. */
const secretHeader = "quickcard-bot-secret";

const botId = "quickcard";
const botVersion = "1";

/**
 * The bot that a flow asks for messages, by the Digital Bot Connector's calls. A message with choices waits for one of them
 * (`MoreData`); the answer comes back as the parameter `choice`. Everything that a turn depends on is in its request.
 */
export function botConnectorRoutes(options: BotConnectorOptions): AnyRoute[] {
  return [listBots(options), getBot(options), takeTurn(options)];
}

function listBots(options: BotConnectorOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: "/genesys-cloud/botconnector/bots",
    operationId: "listBots",
    summary: "The bot, for Genesys Cloud",
    answers: { 200: { description: "One bot." } },
    async handle({ raw }) {
      requireSecret(raw, options.secret);
      return json(200, { entities: [botOf(options)] });
    },
  });
}

function getBot(options: BotConnectorOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: "/genesys-cloud/botconnector/bots/{botId}",
    operationId: "getBot",
    summary: "The bot, for Genesys Cloud",
    answers: { 200: { description: "The bot." } },
    async handle({ raw, params }) {
      requireSecret(raw, options.secret);
      if (params.botId !== botId) throw new ApiError("not.found", "There is one bot here: quickcard.");
      return json(200, botOf(options));
    },
  });
}

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

const turnSchema = z.looseObject({
  botId: z.string().max(128).optional(),
  botVersion: z.string().max(128).optional(),
  botSessionId: z.string().max(128),
  inputMessage: inputSchema.optional(),
  languageCode: z.string().max(32).optional(),
  parameters: z.record(z.string().max(64), z.string().max(4096)).optional(),
});

type Turn = z.output<typeof turnSchema>;

function takeTurn(options: BotConnectorOptions): AnyRoute {
  return defineRoute<undefined, Turn>({
    method: "POST",
    path: "/genesys-cloud/botconnector/messages",
    operationId: "takeBotTurn",
    summary: "One turn of a flow with the bot",
    body: { schema: turnSchema },
    answers: { 200: { description: "What the bot says." } },
    async handle({ raw, body }) {
      requireSecret(raw, options.secret);
      return json(200, answerTurn(options.templates, body));
    },
  });
}

/** What the bot says in a turn. */
function answerTurn(templates: readonly MessageTemplate[], turn: Turn): OutgoingMessageRequest {
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

/** Each template is an intent, so that a flow can go on by the name of what was shown. */
function botOf({ templates }: BotConnectorOptions) {
  const intents = templates.map(({ name }) => ({ name, slots: {} }));
  return {
    id: botId,
    name: "Quickcard",
    description: "Shows quick replies, cards and carousels by the name of a template.",
    provider: "Quickcard",
    versions: [{ version: botVersion, supportedLanguages: ["en-us", "*"], intents }],
  };
}

/** @throws ApiError `bad.credentials` */
function requireSecret(request: Request, secret: string): void {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (timingSafeEqual(digest(request.headers.get(secretHeader) ?? ""), digest(secret))) return;
  throw new ApiError(
    "bad.credentials",
    `The header ${secretHeader} is missing or not the bot's secret. Set it among the credentials of the integration.`,
  );
}
