import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient, text } from "@quickcard/client";
import { customChannel, openClientRegistry, serve } from "@quickcard/gateway";
import { pino } from "pino";
import { expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";

test("the log tells of a message that is not delivered, by the ids of its request, and without its text", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quickcard-log-"));
  const program = createServer((request, response) => {
    request.resume();
    response.writeHead(400).end();
  });
  const { url } = await listen(program);
  const lines: string[] = [];
  const gateway = await serve({
    port: 0,
    host: "127.0.0.1",
    dataDirectory: folder,
    channels: [customChannel({ url, secret: `whsec_${Buffer.alloc(32, 3).toString("base64")}` })],
    logger: pino({ level: "info" }, { write: (line: string) => void lines.push(line) }),
  });
  const clients = openClientRegistry(folder);
  const { clientId, clientSecret = "" } = await clients.create({
    name: "test",
    scopes: ["messages:send", "conversations:write"],
  });
  await clients.close();
  const client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });

  const contact = await client.contacts.create({ channel: "custom", address: "ada" });
  const { id } = await client.messages.send(contact.id, text("canary 7f3a"));
  await expect(client.messages.send("nobody", text("canary 7f3a"))).rejects.toThrow();
  await waitUntil(async () => lines.some((line) => line.includes('"delivery"')));

  const log = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(log.find(({ made }) => String(made).endsWith(`/messages/${id}`))).toMatchObject({
    msg: "request",
    contactId: contact.id,
    status: 201,
  });
  expect(log.find(({ contactId }) => contactId === "nobody")).toMatchObject({
    status: 404,
    code: "not.found",
  });
  expect(log.find(({ messageId }) => messageId === id)).toMatchObject({
    level: 40,
    msg: "delivery",
    contactId: contact.id,
    channel: "custom",
    status: "failed",
    attempt: 1,
    reason: "The channel answered 400.",
  });
  expect(lines.join("")).not.toContain("canary");
  await client.close();
  await gateway.close();
  program.close();
  rmSync(folder, { recursive: true });
});

test("the guide explains lines that the gateway writes, and no others", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const sources = new URL("../src/", import.meta.url);
  const code = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => read(`../src/${name}`))
    .join("");
  const [, table = ""] = read("../../../docs/guides/run-a-gateway.md").split("| `msg` | level |");
  const explained = [...table.split("\n\n")[0]!.matchAll(/^\| `([^`]+)`/gm)].map(([, text]) => text);

  expect(explained).toContain("delivery");
  expect(explained.filter((text) => !code.includes(`"${text}"`))).toEqual([]);
});
