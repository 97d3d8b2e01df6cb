import { ApiError } from "../../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../../http/route.ts";
import { isSameSecret } from "../../signatures/same-secret.ts";
import { answerTurn, botId, botVersion, type Turn, turnSchema } from "./bot-turn.ts";
import { answerUtterance } from "./legacy-bot-turn.ts";
import type { MessageTemplate } from "./message-templates.ts";

/** What the bot stands on. */
export interface BotConnectorOptions {
  secret: string;
  templates: readonly MessageTemplate[];
}

/** The header that Genesys Cloud is told to send: a credential of the integration. */
const secretHeader = "quickcard-bot-secret";

/**
 * The bot that a flow asks for messages, by the Digital Bot Connector's calls or the one call of the Bot Connector before it. A message
 * with choices waits for one of them (`MoreData`); the answer comes back as the parameter, or slot, `choice`.
 */
export function botConnectorRoutes(options: BotConnectorOptions): AnyRoute[] {
  return [listBots(options), getBot(options), takeTurn(options), takeUtterance(options)];
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

function takeUtterance(options: BotConnectorOptions): AnyRoute {
  return defineRoute<undefined, Turn>({
    method: "POST",
    path: "/genesys-cloud/botconnector/utterances",
    operationId: "takeUtterance",
    summary: "One turn of a flow with the bot, by the legacy Bot Connector",
    body: { schema: turnSchema },
    answers: { 200: { description: "What the bot says, by the legacy names." } },
    async handle({ raw, body }) {
      requireSecret(raw, options.secret);
      return json(200, answerUtterance(options.templates, body));
    },
  });
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
  if (isSameSecret(request.headers.get(secretHeader) ?? "", secret)) return;
  throw new ApiError(
    "bad.credentials",
    `The header ${secretHeader} is missing or not the bot's secret. Set it among the credentials of the integration.`,
  );
}
