import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient, text } from "@quickcard/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGatewayProcess } from "../../../testing/gateway-process.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { quickcard } from "./run-quickcard.ts";

const command = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const programs = findPostgres();
let postgres: TestPostgres | undefined;
beforeAll(async () => {
  if (programs) postgres = await startPostgres(programs);
});
afterAll(() => postgres?.stop());

test.skipIf(!programs)("serves two gateways on one database, with clients made beside them", async () => {
  const database = (await postgres?.createDatabase()) ?? "";
  const flags = ["--database", database];
  const made = execFileSync(
    process.execPath,
    [
      command,
      "clients",
      "create",
      "--name",
      "shop",
      "--json",
      "--scopes",
      "messages:send,conversations:read,conversations:write",
    ],
    { encoding: "utf8", env: { ...process.env, QUICKCARD_DATABASE: database } },
  );
  const { clientId, clientSecret } = JSON.parse(made) as { clientId: string; clientSecret: string };
  const gateways = [
    await startGatewayProcess("unused", { flags }),
    await startGatewayProcess("unused", { flags }),
  ];
  try {
    const [first, second] = gateways.map(
      ({ url }) => new OpenMessagingClient({ baseUrl: url, clientId, clientSecret }),
    );
    const contact = await first!.contacts.create({ channel: "web" });
    const message = await second!.messages.send(contact.id, text("Hello"));

    await waitUntil(async () => (await first!.messages.get(contact.id, message.id)).status === "sent");
  } finally {
    for (const gateway of gateways) expect(await gateway.end("SIGTERM")).toBe(0);
  }
});

test.skipIf(!programs)("says what it is that a database refuses, and never the password", async () => {
  const database = new URL((await postgres?.createDatabase()) ?? "");
  await postgres?.run("CREATE ROLE guest LOGIN PASSWORD 'canary'");
  const list = (change: (url: URL) => void) => {
    const url = new URL(database);
    url.username = "guest";
    url.password = "canary";
    change(url);
    return quickcard(["clients", "list", "--database", url.href]);
  };

  const ended = [
    await list(() => undefined),
    await list((url) => (url.username = "nobody-known")),
    await list((url) => (url.pathname = "/none")),
  ];

  expect(ended[0]).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/may not make.*\n.*GRANT CREATE/),
  });
  expect(ended[1]).toMatchObject({
    code: 75,
    stderr: expect.stringMatching(/not let this user in \(28000\).*\n.*password/),
  });
  expect(ended[2]).toMatchObject({
    code: 75,
    stderr: expect.stringMatching(/no database of this name \(3D000\)/),
  });
  expect(JSON.stringify(ended)).not.toContain("canary");
});
