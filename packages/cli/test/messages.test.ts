import { OpenMessagingClient, type OutboundMessage, text } from "@quickcard/client";
import { createLogger, openClientRegistry, type RunningGateway, serve } from "@quickcard/gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { type Ended, emptyFolder, json, quickcard } from "./run-quickcard.ts";

let gateway: RunningGateway;
let client: OpenMessagingClient;
let env: Record<string, string>;
/** Whether the channel refuses what it is given. */
let isRefusing: boolean;
let to: string;

beforeAll(async () => {
  const dataDirectory = emptyFolder();
  gateway = await serve({
    logger: createLogger("silent"),
    port: 0,
    host: "127.0.0.1",
    dataDirectory,
    rateLimitPerMinute: 1_000_000,
    channels: [
      {
        name: "web",
        traits: { repeat: "unsafe", evidence: false, requestTimeoutMs: 1000, settleMs: 0 },
        send: async () =>
          isRefusing
            ? { kind: "not-applied", permanent: true, reason: "The channel answered 400." }
            : { kind: "applied" },
      },
    ],
  });
  const registry = openClientRegistry(dataDirectory);
  const scopes = ["messages:send", "conversations:read", "conversations:write"];
  const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes });
  await registry.close();
  client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
  env = { GENESYS_BASE_URL: gateway.url, GENESYS_CLIENT_ID: clientId, GENESYS_CLIENT_SECRET: clientSecret };
});
afterAll(async () => {
  await client.close();
  await gateway.close();
});
beforeEach(async () => {
  isRefusing = true;
  to = (await client.contacts.create({ channel: "web" })).id;
});

const run = (...words: string[]): Promise<Ended> => quickcard(["messages", ...words], { env });

async function until(id: string, status: OutboundMessage["status"]): Promise<void> {
  await waitUntil(async () => (await client.messages.get(to, id)).status === status);
}

async function fail(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await client.messages.send(to, text(`Hello ${n}`))).id);
  for (const id of ids) await until(id, "failed");
  return ids;
}

test("messages that failed are listed, shown with their attempts, and sent again", async () => {
  const [one = "", other = ""] = await fail(2);
  const listed = await run("list", "--to", to);
  const shown = await run("show", one);
  isRefusing = false;
  const retried = await run("retry", one, other);
  for (const id of [one, other]) await until(id, "sent");

  expect(listed.stdout).toMatch(new RegExp(`${other} failed\\n.*--to ${to}: Hello 1\\n.*answered 400`));
  expect(listed.stdout.indexOf(other)).toBeLessThan(listed.stdout.indexOf(one));
  expect(shown.stdout).toMatch(
    /queued\n[\s\S]*failed: The channel answered 400[\s\S]*attempt 1 at .* not-applied/,
  );
  expect(retried).toMatchObject({
    code: 0,
    stdout: `Message ${one} is sent again.\nMessage ${other} is sent again.\n`,
  });
  expect((await run("list", "--to", to)).stdout).toBe("No messages of this kind.\n");
  expect((await run("retry", one, "--to", to)).stderr).toMatch(/The message is sent[\s\S]*Fix:/);
});

test("all that failed are sent again or dropped at once, up to a limit", async () => {
  const ids = await fail(3);
  const refused = await run("drop", "--all", "--to", to);
  const dropped = await run("drop", "--all", "--to", to, "--limit", "1", "--yes", "--json");
  isRefusing = false;
  const retried = await run("retry", "--all", "--to", to, "--status", "failed");
  for (const id of ids.slice(1)) await until(id, "sent");

  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect(json(dropped.stdout)).toEqual({ count: 1 });
  expect(dropped.stderr).toContain("There may be more");
  expect(retried.stdout).toBe("2 messages are sent again.\n");
  expect((await run("show", ids[0] ?? "")).code).toBe(1);
});

test("what waits is taken back, one or all", async () => {
  isRefusing = false;
  const later = async () =>
    (
      await client.messages.send(to, {
        type: "message",
        content: text("Hello"),
        delivery: { sendAt: new Date(Date.now() + 3_600_000).toISOString() },
      })
    ).id;
  const [one = "", other = "", third = ""] = [await later(), await later(), await later()];

  const cancelled = await run("cancel", one, "--json");
  const rest = await run("cancel", "--all", "--to", to);
  const listed = await run("list", "--to", to, "--status", "cancelled", "--json");

  expect(json(cancelled.stdout)).toMatchObject({ id: one, status: "cancelled" });
  expect(rest.stdout).toBe("2 messages are taken back.\n");
  expect((json(listed.stdout).entities as { id: string }[]).map(({ id }) => id)).toEqual([third, other, one]);
});

test.each([
  [["retry"], "No message was named"],
  [["retry", "x", "--all"], "--all too"],
  [["retry", "--all", "--status", "sent"], "not delivered"],
  [["list", "--status", "lost"], "not a status"],
  [["drop", "x"], "cannot be undone"],
])("messages %j is refused with what to do", async (words, complaint) => {
  const { code, stderr } = await run(...words);

  expect(code).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr).toContain("Fix:");
});

test.each(["show", "retry", "cancel"])("%s says that there is no message of an id", async (command) => {
  const { code, stderr } = await run(command, "x");

  expect(code).toBe(1);
  expect(stderr).toMatch(/There is no such message[\s\S]*Fix:/);
});
