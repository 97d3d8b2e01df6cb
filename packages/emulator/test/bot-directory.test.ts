import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let botServer: Server;
let flowId: string;

const bot = {
  id: "menu",
  name: "Menu",
  versions: [{ version: "1", supportedLanguages: ["en-us"], intents: [] }],
};

beforeAll(async () => {
  organisation = await startOrganisation();
  botServer = createServer(({ url, headers }, response) => {
    const answers: Record<string, unknown> = {
      "/base/botconnector/bots": { entities: [bot] },
      "/base/botconnector/bots/menu": bot,
    };
    const answer = headers["x-bot-secret"] === "open sesame" ? answers[url ?? ""] : undefined;
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => void botServer.listen(0, "127.0.0.1", resolve));
  const { port } = botServer.address() as AddressInfo;
  flowId = organisation.emulator.createFlow({
    name: "Menu",
    bot: {
      kind: "connector",
      url: `http://127.0.0.1:${port}/base/`,
      botId: "menu",
      headers: { "X-Bot-Secret": "open sesame" },
    },
  });
});
afterAll(async () => {
  botServer.close();
  await organisation.close();
});

test("a digital bot connector's bots are those that its server tells of", async () => {
  const get = (path: string) => organisation.callApi("GET", `/api/v2/integrations/botconnectors/${path}`);
  const { versions: _, ...summary } = bot;

  expect((await get(`${flowId}/bots`)).body).toMatchObject({ total: 1, entities: [bot] });
  expect((await get(`${flowId}/bots/summaries`)).body.entities).toEqual([summary]);
  expect((await get(`${flowId}/bots/menu`)).body).toEqual(bot);
  expect(await get(`${flowId}/bots/other`)).toMatchObject({
    status: 400,
    body: { message: "The bot connector's server gave no list: the bot answered with 404" },
  });
  expect((await get("none/bots")).status).toBe(404);
  const { body } = await organisation.callApi("GET", "/emulator/wire-log");
  expect(JSON.stringify(body)).not.toContain("open sesame");
});

test("a legacy bot connector's bots are those that were registered, page by page", async () => {
  const path = "/api/v2/integrations/botconnector/any/bots";
  const { callApi } = organisation;
  const chatBots = [
    bot,
    { id: "other", versions: ["1", "2"].map((version) => ({ ...bot.versions[0], version })) },
  ];
  expect((await callApi("GET", path)).status).toBe(404);

  expect((await callApi("PUT", path, { chatBots })).status).toBe(204);

  expect((await callApi("GET", path)).body).toEqual({ chatBots });
  expect((await callApi("GET", `${path}/summaries?pageSize=1&pageNumber=2`)).body).toMatchObject({
    total: 2,
    entities: [{ id: "other", name: "" }],
  });
  expect((await callApi("GET", `${path}/other?version=2`)).body.versions).toMatchObject([{ version: "2" }]);
  expect((await callApi("GET", `${path}/other/versions`)).body).toMatchObject({
    entities: [{ id: "other", version: "1" }, { version: "2" }],
  });
  expect((await callApi("GET", `${path}/none`)).status).toBe(404);
});

test.each([
  ["51 bots", { chatBots: Array(51).fill(bot) }],
  ["a long description", { chatBots: [{ ...bot, description: "x".repeat(257) }] }],
  [
    "a long version",
    { chatBots: [{ ...bot, versions: [{ ...bot.versions[0], version: "x".repeat(101) }] }] },
  ],
  ["a bot without versions", { chatBots: [{ id: "menu" }] }],
])("%s are not registered", async (_, list) => {
  const answer = await organisation.callApi("PUT", "/api/v2/integrations/botconnector/full/bots", list);

  expect(answer).toMatchObject({ status: 400, body: { code: "bad.request" } });
});
