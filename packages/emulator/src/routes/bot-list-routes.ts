import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/integrations/botconnector/{integrationId}/bots";
const mayView = { any: ["integration:botconnector:view"] } as const;

type Bot = Wire<"BotConnectorBot">;

/** The bots that a program registers for the legacy Bot Connector, under any integration's id: that kind of integration is not here. */
export const botListRoutes = [
  route({
    method: "PUT",
    path,
    permissions: { any: ["integration:botconnector:edit"] },
    body: "BotList",
    handle: ({ organisation, params, body: { chatBots } }) => {
      checkBots(chatBots);
      organisation.botLists.put(params.integrationId ?? "", { chatBots });
      return {};
    },
  }),
  route({
    method: "GET",
    path,
    permissions: mayView,
    handle: ({ organisation, params }) => ({
      body: { chatBots: findBots(organisation, params.integrationId) },
    }),
  }),
  route({
    method: "GET",
    path: `${path}/summaries`,
    permissions: mayView,
    handle: ({ organisation, params, query }) => {
      const summaries = findBots(organisation, params.integrationId).map(summaryOf);
      return { body: pageOf(summaries, query, listUri(params.integrationId, "summaries")) };
    },
  }),
  route({
    method: "GET",
    path: `${path}/{botId}`,
    permissions: mayView,
    handle: ({ organisation, params, query }) => {
      const bot = findBot(organisation, params);
      const wanted = query.get("version");
      const versions = bot.versions.filter(({ version }) => wanted === null || version === wanted);
      if (versions.length === 0) throw notFound("version of the bot");
      return { body: { ...bot, versions } };
    },
  }),
  route({
    method: "GET",
    path: `${path}/{botId}/versions`,
    permissions: mayView,
    handle: ({ organisation, params, query }) => {
      const bot = findBot(organisation, params);
      const versions = bot.versions.map(({ version }) => ({ ...summaryOf(bot), version }));
      return { body: pageOf(versions, query, listUri(params.integrationId, `${bot.id}/versions`)) };
    },
  }),
];

function findBots({ botLists }: Organisation, integrationId: string | undefined): readonly Bot[] {
  const list = botLists.get(integrationId ?? "");
  if (list === undefined) throw notFound("bot list");
  return list.chatBots;
}

function findBot(organisation: Organisation, params: Record<string, string>): Bot {
  const bot = findBots(organisation, params.integrationId).find(({ id }) => id === params.botId);
  if (bot === undefined) throw notFound("bot");
  return bot;
}

function summaryOf({ id, name = "", description, botCompositeTag }: Bot) {
  return {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    ...(botCompositeTag === undefined ? {} : { botCompositeTag }),
  };
}

function listUri(integrationId = "", rest: string): string {
  return `${path.replace("{integrationId}", integrationId)}/${rest}`;
}

/** @throws ApiError beyond the platform's limits. Source: `BotList` and its parts, SDK for Python 257.1.0. */
function checkBots(bots: readonly Bot[]): void {
  const most = limits.botsOfAList.value;
  const versions = bots.flatMap((bot) => bot.versions);
  const isTooMuch =
    bots.length > most ||
    bots.some((bot) => bot.versions.length > most) ||
    versions.some(({ intents }) => intents.length > most);
  if (isTooMuch)
    throw new ApiError(
      "bad.request",
      `should NOT have more than ${most} bots, versions of a bot, or intents of a version`,
    );
  if (bots.some(({ description = "" }) => description.length > mostDescription))
    throw new ApiError("bad.request", `description should NOT be longer than ${mostDescription} characters`);
  if (versions.some(({ version }) => version.length > mostVersion))
    throw new ApiError("bad.request", `version should NOT be longer than ${mostVersion} characters`);
}

const mostDescription = 256;
const mostVersion = 100;
