import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@quickcard/emulator";
import { type Finding, type RunningGateway, serve } from "@quickcard/gateway";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { quickcard } from "./run-quickcard.ts";

const webhookSecret = "0123456789abcdef-test-secret";
const directory = mkdtempSync(join(tmpdir(), "quickcard-doctor-"));
let emulator: Emulator;
let gateway: RunningGateway;
let integrationId = "";
let oauth = { id: "", secret: "" };

beforeAll(async () => {
  emulator = await createEmulator({ integrationCreationMs: 0 });
  await emulator.listen({ port: 0 });
  oauth = emulator.createClient({ name: "Gateway" });
  const port = await freePort();
  integrationId = createIntegration(`http://127.0.0.1:${port}/genesys-cloud/webhook`);
  gateway = await serve({
    port,
    host: "127.0.0.1",
    dataDirectory: directory,
    logger: pino({ level: "silent" }),
    genesysCloud: {
      cloud: {
        baseUrl: emulator.url,
        loginUrl: emulator.loginUrl,
        clientId: oauth.id,
        clientSecret: oauth.secret,
      },
      integrations: [{ id: integrationId, webhookSecrets: [webhookSecret] }],
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await emulator.close();
  rmSync(directory, { recursive: true });
});

function createIntegration(url: string, secret = webhookSecret): string {
  return emulator.createIntegration({
    name: "Shop",
    outboundNotificationWebhookUrl: url,
    outboundNotificationWebhookSignatureSecretToken: secret,
  });
}

interface More {
  env?: Record<string, string>;
  integration?: string;
  flags?: string[];
}

async function doctor({ env = {}, integration = integrationId, flags = [] }: More = {}) {
  const words = ["doctor", "--genesys-url", emulator.url, "--genesys-login-url", emulator.loginUrl];
  const { code, stdout, stderr } = await quickcard(
    [...words, "--genesys-integration", integration, "--gateway", gateway.url, ...flags, "--json"],
    {
      env: {
        GENESYS_CLOUD_CLIENT_ID: oauth.id,
        GENESYS_CLOUD_CLIENT_SECRET: oauth.secret,
        GENESYS_CLOUD_WEBHOOK_SECRET: webhookSecret,
        ...env,
      },
    },
  );
  const findings = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Finding);
  const bad = findings.filter(({ status }) => status === "failed");
  return { code, findings, bad, all: stdout + stderr };
}

test("all is well: it says so of each, shows no secret, and ends with 0", async () => {
  const { code, findings, all } = await doctor();

  expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
  expect([...new Set(findings.map(({ check }) => check))]).toEqual([
    "region",
    "clock",
    "credentials",
    "token",
    "permissions",
    "integration",
    "webhook",
    "supported-content",
    "rate-limit",
    "database",
  ]);
  expect(code).toBe(0);
  expect(all).not.toContain(webhookSecret);
  expect(all).not.toContain(oauth.secret);
});

describe("what is wrong is found, with how to mend it:", () => {
  test("a wrong secret of the OAuth client", async () => {
    const { code, bad } = await doctor({ env: { GENESYS_CLOUD_CLIENT_SECRET: "wrong" } });

    expect(code).toBe(1);
    expect(bad).toMatchObject([{ check: "credentials", fix: expect.stringContaining("Copy id and secret") }]);
  });

  test("a permission that is missing, by its name", async () => {
    const { id, secret } = emulator.createClient({
      permissions: ["conversation:message:receive", "messaging:integration:view"] as never,
    });
    const { bad } = await doctor({
      env: { GENESYS_CLOUD_CLIENT_ID: id, GENESYS_CLOUD_CLIENT_SECRET: secret },
    });

    const named = bad.map(({ message }) => message.split(" ")[0]);
    expect(named).toContain("conversation:message:create");
    expect(named).toContain("analytics:conversationDetail:view");
    expect(named).not.toContain("conversation:message:receive");
  });

  test("an integration that is not there", async () => {
    const { bad } = await doctor({ integration: "00000000-0000-4000-8000-00000000abcd" });

    expect(bad).toMatchObject([{ check: "integration", message: expect.stringContaining("is not there") }]);
  });

  test.each([
    ["is another", "some-other-secret-0123", /is not the integration's/],
    ["differs by case", webhookSecret.toUpperCase(), /upper and lower case/],
  ])("a webhook secret that %s, and that the gateway refuses the signature", async (_, given, mistake) => {
    const { bad } = await doctor({ env: { GENESYS_CLOUD_WEBHOOK_SECRET: given } });

    expect(bad.map(({ check }) => check)).toEqual(["integration", "webhook"]);
    expect(bad[0]?.message).toMatch(mistake);
    expect(bad[1]?.message).toContain("refuses the signature");
  });

  test("a webhook that goes elsewhere, or that nothing listens at", async () => {
    const elsewhere = createIntegration("http://127.0.0.1:9/genesys-cloud/webhook");
    const { bad } = await doctor({ integration: elsewhere, flags: ["--public-url", gateway.url] });

    expect(bad.map(({ check }) => check)).toEqual(["integration", "webhook"]);
    expect(bad[1]).toMatchObject({ message: expect.stringContaining("nothing listens there") });
  });

  test("a path at which there is no webhook", async () => {
    const { bad } = await doctor({ integration: createIntegration(`${gateway.url}/webhook`) });

    expect(bad).toMatchObject([
      { check: "webhook", message: expect.stringContaining("there is no webhook") },
    ]);
  });

  test("a gateway that does not run", async () => {
    const { bad } = await doctor({ flags: ["--gateway", "http://127.0.0.1:9"] });

    expect(bad).toMatchObject([{ check: "database", fix: expect.stringContaining("quickcard serve") }]);
  });

  test("variables that are not set", async () => {
    const { code, all } = await doctor({ env: { GENESYS_CLOUD_WEBHOOK_SECRET: "" } });

    expect(code).toBe(2);
    expect(all).toContain("GENESYS_CLOUD_WEBHOOK_SECRET is not set");
  });
});
