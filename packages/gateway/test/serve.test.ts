import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openClientRegistry, serve } from "@quickcard/gateway";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quickcard-serve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (dataDirectory: string, port = 0) => ({ port, host: "127.0.0.1", dataDirectory });

test("says which port is taken", async () => {
  const other = createServer();
  const { port } = await listen(other);

  const start = serve(options(folder, port));

  await expect(start).rejects.toMatchObject({
    code: "port_unavailable",
    message: expect.stringContaining(`${port}`),
  });
  other.close();
});

test("says that another gateway runs on the data folder, and starts once that has stopped", async () => {
  const first = await serve(options(folder));

  await expect(serve(options(folder))).rejects.toMatchObject({ code: "data_in_use" });
  await first.close();

  await (await serve(options(folder))).close();
});

test("says that a claim would end before a request could, and leaves the folder free", async () => {
  const start = serve({ ...options(folder), deliveryPolicy: { leaseMs: 15_000 } });

  await expect(start).rejects.toMatchObject({
    code: "invalid_option",
    message: expect.stringContaining("deliveryPolicy.leaseMs is 15000"),
    fix: expect.stringContaining("more than 15000 ms"),
  });
  await (await serve({ ...options(folder), deliveryPolicy: { leaseMs: 15_001 } })).close();
});

test("says that the data folder cannot be used", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");

  await expect(serve(options(file))).rejects.toMatchObject({
    code: "data_unavailable",
    message: expect.stringMatching(new RegExp(`${file} is a file$`)),
    fix: expect.stringContaining("--data"),
  });
});

test("says that the database is damaged, and leaves it as it is", async () => {
  const database = join(folder, "quickcard.db");
  writeFileSync(database, "no database ".repeat(100));

  await expect(serve(options(folder))).rejects.toMatchObject({
    code: "data_unavailable",
    fix: expect.stringContaining("backup"),
  });
  expect(readFileSync(database, "utf8")).toBe("no database ".repeat(100));
});

test.skipIf(!existsSync("/proc/self"))("says so where no folder can be made at all", async () => {
  await expect(serve(options("/proc/quickcard/data"))).rejects.toMatchObject({ code: "data_unavailable" });
});

test("refuses to keep messages for no time at all", async () => {
  await expect(serve({ ...options(folder), retentionDays: 0 })).rejects.toMatchObject({
    code: "invalid_option",
  });
});

test("refuses a public URL with a path", async () => {
  const start = serve({ ...options(folder), publicUrl: "https://example.com/chat" });

  await expect(start).rejects.toMatchObject({ code: "invalid_option" });
});

test("lets the origins that are named show the customer's page in a frame, and nobody else, nor any other page", async () => {
  const desk = "http://127.0.0.1:4480";
  const gateway = await serve({ ...options(folder), chatFrameOrigins: [`${desk}/`] });
  const policyOf = async (path: string) =>
    (await fetch(gateway.url + path)).headers.get("content-security-policy");

  expect(await policyOf("/chat/token")).toContain(`frame-ancestors ${desk};`);
  expect(await policyOf("/designer")).toContain("frame-ancestors 'none';");
  await gateway.close();
  const closed = await serve(options(folder));
  const { headers } = await fetch(`${closed.url}/chat/token`);
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none';");
  await closed.close();
});

test.each(["*", "https:", "https://a.example/desk", "https://a.example; script-src *"])(
  "refuses to let %s show the customer's page",
  async (origin) => {
    const start = serve({ ...options(folder), chatFrameOrigins: [origin] });

    await expect(start).rejects.toMatchObject({ code: "invalid_option" });
  },
);

test("begins customers' links with the public URL", async () => {
  const gateway = await serve({ ...options(folder), publicUrl: "https://chat.example.com" });
  const clients = openClientRegistry(folder);
  const { clientId, clientSecret = "" } = await clients.create({
    name: "a",
    scopes: ["conversations:write"],
  });
  await clients.close();
  const granted = await fetch(`${gateway.url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };

  const made = await fetch(`${gateway.url}/api/v2/conversations/messaging/contacts`, {
    method: "POST",
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ channel: "web" }),
  });

  expect(((await made.json()) as { chatUrl: string }).chatUrl).toMatch(
    /^https:\/\/chat\.example\.com\/chat\//,
  );
  await gateway.close();
});

test("lets nobody else read its data, and keeps no secret or token in it that could be used", async () => {
  const gateway = await serve(options(join(folder, "data")));
  const clients = openClientRegistry(join(folder, "data"));
  const { clientId, clientSecret = "" } = await clients.create({ name: "a", scopes: ["conversations:read"] });
  await clients.close();
  const granted = await fetch(`${gateway.url}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };
  await gateway.close();

  expect(statSync(join(folder, "data")).mode & 0o077).toBe(0);
  for (const name of readdirSync(join(folder, "data"))) {
    const bytes = readFileSync(join(folder, "data", name));
    for (const secret of [clientSecret, access_token]) expect(bytes.includes(secret), name).toBe(false);
  }
});

test("writes no token, secret, link or message text to its log", async () => {
  const lines: string[] = [];
  const logger = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const gateway = await serve({ ...options(folder), logger });
  const clients = openClientRegistry(folder);
  const client = await clients.create({
    name: "a",
    scopes: ["conversations:write", "messages:send", "conversations:read"],
  });
  await clients.close();
  const call = (path: string, init: RequestInit) => fetch(`${gateway.url}${path}`, init);
  const { access_token } = (await (
    await call("/oauth/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: client.clientId,
        client_secret: client.clientSecret ?? "",
      }),
    })
  ).json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const base = "/api/v2/conversations/messaging/contacts";
  const { id, chatUrl } = (await (
    await call(base, { method: "POST", headers, body: '{"channel":"web","displayName":"Canary Name"}' })
  ).json()) as { id: string; chatUrl: string };
  const canary = "canary text 7f3a";
  const send = (content: object) =>
    call(`${base}/${id}/messages`, {
      method: "POST",
      headers,
      body: JSON.stringify({ type: "message", content }),
    });
  await send({ type: "text", text: canary });
  await send({ type: canary, text: canary });
  await send({ type: "text", text: canary, [canary]: canary });
  await call(`${base}/${id}/messages`, { method: "POST", headers, body: `{"${canary}` });
  await call(`${new URL(chatUrl).pathname}/timeline`, {});
  await call(`${new URL(chatUrl).pathname}/nothing?text=${canary}`, {});
  await gateway.close();

  const log = lines.join("");
  expect(lines.length).toBeGreaterThan(6);
  for (const secret of [
    access_token,
    client.clientSecret ?? "",
    canary,
    new URL(chatUrl).pathname,
    "Canary Name",
  ]) {
    expect(log).not.toContain(secret);
  }
});

test("refuses headers that are too large", async () => {
  const gateway = await serve(options(folder));
  const socket = connect(gateway.port, "127.0.0.1");
  const closed = new Promise<string>((resolve) => {
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
  });

  socket.write(`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(20_000)}\r\n\r\n`);

  expect(await closed).toContain("431");
  await gateway.close();
});
