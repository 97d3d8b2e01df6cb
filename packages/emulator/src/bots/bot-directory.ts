import { ApiError, notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import { connectorUrl } from "./ask-connector.ts";
import { callBotServer } from "./call-bot-server.ts";
import type { ConnectedBot } from "./flow.ts";

/** A bot as its server tells of it. */
type ToldBot = Record<string, unknown>;

/** Asks a Digital Bot Connector's server which bots it has. @throws ApiError where there is no such connector, or no answer */
export async function listBots(parts: DeliveryParts, connectorId: string | undefined): Promise<ToldBot[]> {
  const bot = findConnector(parts.organisation, connectorId);
  const { entities } = await ask(parts, bot, "/bots");
  if (!Array.isArray(entities)) throw wrongAnswer("it has no entities");
  return entities as ToldBot[];
}

/** Asks the same for one of them. */
export async function readBot(
  parts: DeliveryParts,
  connectorId: string | undefined,
  botId: string | undefined,
): Promise<ToldBot> {
  const bot = findConnector(parts.organisation, connectorId);
  return ask(parts, bot, `/bots/${encodeURIComponent(botId ?? "")}`);
}

/** A connector of the organisation's: the flow that has it, by the flow's id. */
function findConnector({ flows }: Organisation, id: string | undefined): ConnectedBot {
  const bot = flows.get(id ?? "")?.bot;
  if (bot?.kind !== "connector") throw notFound("bot connector integration");
  return bot;
}

async function ask(parts: DeliveryParts, bot: ConnectedBot, path: string): Promise<Record<string, unknown>> {
  const call = { method: "GET", url: connectorUrl(bot, path) } as const;
  const outcome = await callBotServer(parts, bot, call, (answer) => ({ answer }));
  if ("mistake" in outcome) throw wrongAnswer(outcome.mistake);
  return outcome.answer;
}

function wrongAnswer(mistake: string): ApiError {
  return new ApiError("bad.request", "The bot connector's server gave no list: {reason}", {
    reason: mistake,
  });
}
