import { expect, test } from "vitest";
import { emptyFolder, json, quickcard, startQuickcard } from "./run-quickcard.ts";

const cwd = emptyFolder();

async function start(...words: string[]) {
  const running = startQuickcard(["emulator", "--port", "0", "--json", ...words], { cwd });
  const [line] = await running.printed(/.*\n/);
  return { running, ready: json(line) };
}

async function integrationNames(url: unknown): Promise<string[]> {
  const response = await fetch(`${url}/emulator`);
  const { integrations } = (await response.json()) as { integrations: { name: string }[] };
  return integrations.map(({ name }) => name);
}

test("quickcard emulator gives tokens, and knows after a restart what it knew", async () => {
  const { running, ready } = await start("--file", "state.jsonl");
  expect(ready).toEqual({
    ready: true,
    url: expect.any(String),
    loginUrl: `${ready.url}/login`,
    deskUrl: `${ready.url}/desk`,
  });
  const post = (path: string, body: unknown) =>
    fetch(`${ready.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const client = (await (await post("/emulator/clients", {})).json()) as { id: string; secret: string };
  await post("/emulator/integrations", {
    name: "Shop",
    outboundNotificationWebhookUrl: "http://127.0.0.1:9/webhook",
    outboundNotificationWebhookSignatureSecretToken: "longer than fifteen characters",
  });
  expect((await running.stop()).code).toBe(0);

  const again = await start("--file", "state.jsonl");
  expect(await integrationNames(again.ready.url)).toEqual(["Shop"]);
  const token = await fetch(`${again.ready.loginUrl}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`,
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  expect(token.status).toBe(200);

  const second = await quickcard(["emulator", "--port", "0", "--file", "state.jsonl"], { cwd });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain("Stop it, or name another file");
  await again.running.stop();
});

test("what is refused is told with what to do, the same time and again once", async () => {
  const { running, ready } = await start("--memory");
  const ask = (path: string) => fetch(`${ready.url}${path}`, { method: "POST" }).then(({ status }) => status);

  expect([await ask("/oauth/token"), await ask("/oauth/token"), await ask("/api/v2/contacts?x=1")]).toEqual([
    404, 404, 404,
  ]);
  await running.warned(/contacts/);

  const { stderr } = await running.stop();
  expect(stderr.match(/404 POST \/oauth\/token: The requested resource was not found\./g)).toHaveLength(1);
  expect(stderr).toContain("  Tokens come from the login host: POST /login/oauth/token here.");
  expect(stderr).toMatch(/404 POST \/api\/v2\/contacts: /);
});

test("an address that other machines reach has to be asked for", async () => {
  const { code, stderr } = await quickcard(["emulator", "--memory", "--host", "0.0.0.0"], { cwd });

  expect(code).toBe(2);
  expect(stderr).toContain("--allow-remote");
});
