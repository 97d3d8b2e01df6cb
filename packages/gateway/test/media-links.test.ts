import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { InboundMedia } from "@quickcard/client";
import { createGateway, telegramChannel, whatsAppChannel } from "@quickcard/gateway";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { listen, stopListening } from "../../../testing/listen.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { silenceMs } from "../src/channels/media-http.ts";
import { mediaTimeoutMs, mostAtOnce } from "../src/media/give-media.ts";
import { maxMediaBytes } from "../src/media/media-answer.ts";
import { mediaLinkDays, mediaPath } from "../src/media/media-link.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { ContactRecord } from "../src/store/records.ts";

const token = "4242:very-secret-token";

/** An HTTP server that answers as a test says. */
async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => stopListening(server));
  return (await listen(server)).url;
}

/** A gateway whose customer has sent a medium on a channel of which the API is at `baseUrl`. */
async function receive(
  channel: "whatsapp" | "telegram",
  baseUrl: string,
  content: Partial<InboundMedia> = {},
) {
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const store = createMemoryStore(now);
  const logged: string[] = [];
  const adapter =
    channel === "telegram"
      ? telegramChannel({ token, webhookSecret: "hook", baseUrl })
      : whatsAppChannel({
          accessToken: token,
          appSecret: "s",
          verifyToken: "v",
          phoneNumberId: "1",
          baseUrl,
        });
  const gateway = createGateway({
    store,
    logger: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    rateLimitPerMinute: 1000,
    allowHttpMedia: false,
    channels: [adapter],
    now,
    monotonicNow: () => performance.now(),
  });
  onTestFinished(() => gateway.close());
  const contact: ContactRecord = {
    id: "11111111-1111-4111-8111-111111111111",
    conversationId: "22222222-2222-4222-8222-222222222222",
    state: "active",
    channel,
    address: "77001",
    chatToken: "a secret of the contact",
    createdAt: now(),
    updatedAt: now(),
  };
  await store.insertContact(contact);
  const messageId = "33333333-3333-4333-8333-333333333333";
  await store.acceptInbound({
    id: messageId,
    contactId: contact.id,
    direction: "inbound",
    status: "received",
    content: { type: "image", channelMediaId: "M1", ...content },
    createdAt: now(),
  });
  const path = mediaPath(contact, messageId);
  return {
    clock,
    store,
    contact,
    messageId,
    path,
    logged,
    fetch: async (given = path) => gateway.fetch(new Request(`http://gateway.test${given}`)),
  };
}

/** Telegram with one file, as `respond` gives it out. */
const startTelegram = (respond: RequestListener) =>
  startServer((request, response) => {
    if (!request.url?.includes("/getFile")) return respond(request, response);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, result: { file_id: "M1", file_path: "photos/file_1.jpg" } }));
  });

/** WhatsApp, which says that the medium is at `url`. */
const startWhatsApp = (url: string) =>
  startServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url, mime_type: "image/jpeg", id: "M1" }));
  });

const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code: string; message: string }).code,
];

test("the documentation names the limits", () => {
  const page = readFileSync(new URL("../../../docs/reference/customer-media.md", import.meta.url), "utf8");

  expect(page).toContain(`| good for | ${mediaLinkDays} days after`);
  expect(page).toContain(`| largest | ${maxMediaBytes.toLocaleString("en-US")} bytes`);
  expect(page).toContain(`| longest | ${mediaTimeoutMs / 1000} seconds `);
  expect(page).toContain(`keep silent for ${silenceMs / 1000} seconds`);
  expect(page).toContain(`| at once | ${mostAtOnce} of`);
});

test("a link is good for its own message, until its days are over or the contact is deleted", async () => {
  const baseUrl = await startTelegram((_, response) => response.end("bytes"));
  const { clock, store, contact, path, fetch } = await receive("telegram", baseUrl);
  expect(await (await fetch()).text()).toBe("bytes");

  const [, , contactId, messageId, signature = ""] = path.split("/");
  const other = "44444444-4444-4444-8444-444444444444";
  for (const wrong of [
    `/media/${contactId}/${messageId}/${signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`,
    `/media/${contactId}/${other}/${signature}`,
    `/media/${other}/${messageId}/${signature}`,
    mediaPath({ ...contact, chatToken: "another" }, String(messageId)),
    mediaPath(contact, other),
  ]) {
    expect(await codeOf(await fetch(wrong)), wrong).toEqual([404, "not.found"]);
  }
  clock.aheadMs = 7 * 24 * 60 * 60 * 1000 - 60_000;
  expect((await fetch()).status).toBe(200);
  clock.aheadMs += 60_000;
  expect(await codeOf(await fetch())).toEqual([410, "media.gone"]);
  await store.deleteContact(contact.id, Date.now());
  expect(await codeOf(await fetch())).toEqual([404, "not.found"]);
});

test("what could run as a page is a file to keep, and its name is told whole", async () => {
  const baseUrl = await startTelegram((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<script>alert(1)</script>");
  });
  const file = { type: "file", mimeType: "text/html", filename: 'Räksmörgås ".html' } as const;
  const { fetch } = await receive("telegram", baseUrl, file);

  const { headers } = await fetch();
  expect(headers.get("content-disposition")).toBe(
    "attachment; filename*=UTF-8''R%C3%A4ksm%C3%B6rg%C3%A5s%20%22.html",
  );
  expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("a type that is none is told as bytes", async () => {
  const baseUrl = await startTelegram((_, response) => response.end("bytes"));
  const { fetch } = await receive("telegram", baseUrl, { mimeType: "image/png\r\nset-cookie: a=b" });

  const { headers } = await fetch();
  expect(headers.get("content-type")).toBe("application/octet-stream");
  expect(headers.get("set-cookie")).toBeNull();
});

test("what says that it is too long is refused, and what turns out to be is cut off", async () => {
  const tooLong = 25 * 1024 * 1024 + 1;
  let served = 0;
  const baseUrl = await startTelegram((request, response) => {
    served += 1;
    if (served === 1) response.setHeader("content-length", tooLong);
    const chunk = Buffer.alloc(1024 * 1024);
    const go = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", go);
    request.on("close", () => response.destroy());
    go();
  });
  const { fetch } = await receive("telegram", baseUrl);

  expect(await codeOf(await fetch())).toEqual([410, "media.gone"]);
  const endless = await fetch();
  expect(endless.status).toBe(200);
  await expect(endless.arrayBuffer()).rejects.toThrow("longer than may be");
});

test("only so many are given out at once, and who leaves makes room", async () => {
  const baseUrl = await startTelegram((_, response) => void response.write("slowly"));
  const { fetch } = await receive("telegram", baseUrl);

  const open = await Promise.all(Array.from({ length: mostAtOnce }, () => fetch()));
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await codeOf(await fetch())).toEqual([503, "service.unavailable"]);
  await open[0]?.body?.cancel();
  const next = await waitUntil(async () => {
    const answer = await fetch();
    return answer.status === 200 ? answer : undefined;
  });
  for (const { body } of [next, ...open.slice(1)]) await body?.cancel();
});

test("the token goes to no address that is private, unencrypted or another's, and into no log and no answer", async () => {
  const elsewhere: string[] = [];
  const otherUrl = await startServer((request, response) => {
    elsewhere.push(`${request.url} ${request.headers.authorization}`);
    response.end("stolen");
  });
  for (const url of [
    `${otherUrl}/x`,
    "http://93.184.216.34/x",
    "https://169.254.169.254/latest",
    "https://localhost/x",
    "file:///etc/passwd",
  ]) {
    const { fetch, logged } = await receive("whatsapp", await startWhatsApp(url));
    const answer = await fetch();
    const body = await answer.clone().text();
    expect(await codeOf(answer), url).toEqual([502, "media.unavailable"]);
    expect(logged.join("")).toContain("cannot be fetched");
    expect(logged.join("") + body).not.toContain(token);
  }
  const redirecting = await startTelegram((_, response) => {
    response.writeHead(302, { location: `${otherUrl}/y` }).end();
  });
  const { fetch, logged, path } = await receive("telegram", redirecting);
  expect(await codeOf(await fetch())).toEqual([502, "media.unavailable"]);
  expect(logged.join("")).toContain("302");
  expect(logged.join("")).not.toContain(token);
  expect(path).not.toContain("secret");
  expect(elsewhere).toEqual([]);
});

test("a channel that has it no more is told apart from one that does not answer", async () => {
  const answers = [400, 401, 404, 429, 500].map(async (status) => {
    const baseUrl = await startServer((_, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ ok: false, error: { code: status === 400 ? 100 : 190 } }));
    });
    const [telegram, whatsApp] = await Promise.all(
      (["telegram", "whatsapp"] as const).map(async (channel) =>
        codeOf(await (await receive(channel, baseUrl)).fetch()),
      ),
    );
    return [status, telegram?.[1], whatsApp?.[1]];
  });

  expect(await Promise.all(answers)).toEqual([
    [400, "media.gone", "media.gone"],
    [401, "media.unavailable", "media.unavailable"],
    [404, "media.unavailable", "media.gone"],
    [429, "media.unavailable", "media.unavailable"],
    [500, "media.unavailable", "media.unavailable"],
  ]);
});
