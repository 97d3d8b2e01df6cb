import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTemplates } from "@quickcard/gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { startLinkedGateway } from "./start-linked-gateway.ts";

const secret = "the-bot's-own-secret-0123";
let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "quickcard-templates-"));
  const choices = ["Small", "Large"].map((label) => ({ label, value: label.toLowerCase() }));
  writeFileSync(
    join(directory, "size.json"),
    JSON.stringify({ type: "quick-reply", title: "Size?", choices }),
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ["the Digital Bot Connector", "connector", ""],
  ["the legacy Bot Connector", "legacy-connector", "/botconnector/utterances"],
] as const)(
  "a flow shows a template by %s, and leaves to an agent once the customer has chosen",
  async (_, kind, path) => {
    const templates = readTemplates(directory, { allowHttp: false });
    await using linked = await startLinkedGateway({ link: { botConnector: { secret, templates } } });
    const { emulator, client, integrationId } = linked;
    const bot = {
      kind,
      url: `${client.baseUrl}/genesys-cloud${path}`,
      headers: { "quickcard-bot-secret": secret },
      botId: "quickcard",
      parameters: { template: "size" },
    };
    emulator.setFlow(integrationId, emulator.createFlow({ name: "Size", bot }));

    const customer = await linked.customer();
    await customer.write("Hello");
    const menu = await waitUntil(async () =>
      (await customer.shown()).find(({ direction }) => direction === "outbound"),
    );
    await customer.tap(menu.id, 1);
    const conversationId = await waitUntil(async () => linked.conversation(customer.contactId));

    expect(menu.content).toMatchObject({ type: "quick-reply", title: "Size?" });
    expect(linked.agent.messages(conversationId).at(-1)?.normalizedMessage.content).toMatchObject([
      { buttonResponse: { type: "QuickReply", text: "Large", payload: "large" } },
    ]);
    const turns = emulator.wireLog.after(0).filter((entry) => entry.kind === "bot-connector");
    expect(turns.map(({ status }) => status)).toEqual([200, 200]);
  },
);
