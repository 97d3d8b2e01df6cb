import { createServer, type Server, type Socket } from "node:net";
import { type Dispatcher, request } from "undici";
import { afterEach, expect, test } from "vitest";
import { classifyAnswer, classifyError } from "../src/delivery/classification.ts";
import type { SendOutcome } from "../src/delivery/send-outcome.ts";
import { systemWorld } from "../src/delivery/system-world.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A peer that does with each connection what the test says, once the request has come. */
async function peer(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
}

async function post(url: string, options: Partial<Dispatcher.RequestOptions> = {}): Promise<SendOutcome> {
  try {
    const { statusCode, headers } = await request(url, { method: "POST", body: "{}", ...options });
    return classifyAnswer(statusCode, new Headers(headers as Record<string, string>), Date.now());
  } catch (error) {
    return classifyError(error);
  }
}

const head = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n";

test.each<[string, (socket: Socket) => void, Partial<SendOutcome>]>([
  ["an answer", (it) => it.end(`${head}content-length: 2\r\n\r\n{}`), { kind: "applied" }],
  ["an answer with a broken body", (it) => it.end(`${head}content-length: 9\r\n\r\n{`), { kind: "applied" }],
  ["a reset after the request", (it) => it.resetAndDestroy(), { kind: "ambiguous" }],
  ["an end without an answer", (it) => it.end(), { kind: "ambiguous" }],
  ["half a status line", (it) => it.end("HTTP/1.1 20"), { kind: "ambiguous" }],
  ["an answer that is not HTTP", (it) => it.end("SSH-2.0-OpenSSH_9.2\r\n"), { kind: "ambiguous" }],
  [
    "a redirect",
    (it) => it.end("HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n"),
    { kind: "not-applied", permanent: true },
  ],
  ["a refusal", (it) => it.end("HTTP/1.1 400 Bad Request\r\n\r\n"), { kind: "not-applied", permanent: true }],
  ["a conflict", (it) => it.end("HTTP/1.1 409 Conflict\r\n\r\n"), { kind: "not-applied", permanent: true }],
  ["an expired token", (it) => it.end("HTTP/1.1 401 Unauthorized\r\n\r\n"), { kind: "not-applied" }],
  [
    "a timeout of the channel's own",
    (it) => it.end("HTTP/1.1 408 Request Timeout\r\n\r\n"),
    { kind: "ambiguous" },
  ],
  ["a failure of the channel", (it) => it.end("HTTP/1.1 500 Oops\r\n\r\n"), { kind: "ambiguous" }],
  [
    "an overloaded channel",
    (it) => it.end("HTTP/1.1 503 Busy\r\nretry-after: 9\r\n\r\n"),
    { kind: "ambiguous" },
  ],
  [
    "a spent quota",
    (it) => it.end("HTTP/1.1 429 Slow\r\nretry-after: 7\r\n\r\n"),
    { kind: "not-applied", retryAfterMs: 7000, pauseMs: 7000 },
  ],
  [
    "a spent quota that says no time",
    (it) => it.end("HTTP/1.1 429 Slow\r\nretry-after: soon\r\n\r\n"),
    { kind: "not-applied", pauseMs: 1000 },
  ],
])("takes %s for what it is", async (_, answer, expected) => {
  const outcome = await post(await peer(answer));

  expect(outcome).toMatchObject(expected);
  if (!("permanent" in expected)) expect(outcome).not.toHaveProperty("permanent");
});

test("takes silence for doubt", async () => {
  const outcome = await post(await peer(() => {}), { headersTimeout: 50, bodyTimeout: 50 });

  expect(outcome).toMatchObject({ kind: "ambiguous", reason: "No answer came: UND_ERR_HEADERS_TIMEOUT." });
});

test("names a timeout as one", async () => {
  const { signal } = systemWorld().timeout(1);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));

  expect(classifyError(signal.reason)).toMatchObject({
    kind: "ambiguous",
    reason: "No answer came: TimeoutError.",
  });
});

test("knows that a refused connection, an unknown host and a bad address sent nothing", async () => {
  const url = await peer(() => {});
  servers.splice(0).map((server) => server.close());

  expect(await post(url)).toMatchObject({ kind: "not-sent" });
  expect(await post("http://nowhere.invalid/")).toMatchObject({ kind: "not-sent" });
  expect(await post("http://127.0.0.1:1:2/")).toMatchObject({ kind: "not-sent", permanent: true });
});

test("knows a connection that broke while it was made from one that broke later", () => {
  const broken = (syscall: string) => Object.assign(new Error("x"), { code: "ECONNRESET", syscall });

  expect(classifyError(broken("connect"))).toMatchObject({ kind: "not-sent" });
  expect(classifyError(broken("read"))).toMatchObject({ kind: "ambiguous" });
  expect(classifyError(new TypeError("fetch failed", { cause: broken("connect") }))).toMatchObject({
    kind: "not-sent",
  });
});

test("is in doubt about whatever it does not know", () => {
  for (const error of [
    undefined,
    null,
    "text",
    7,
    {},
    new Error("x"),
    { code: "constructor" },
    { code: 7 },
  ]) {
    expect(classifyError(error)).toMatchObject({ kind: "ambiguous" });
  }
  for (let status = 100; status < 1000; status += 1) {
    const { kind } = classifyAnswer(status, new Headers(), 0);
    const unsure = status < 200 || status >= 500 || status === 408;
    if (unsure) expect([status, kind]).toEqual([status, "ambiguous"]);
  }
});

test("never waits longer than an hour, whatever the channel says", () => {
  const wait = (value: string) => classifyAnswer(429, new Headers({ "retry-after": value }), 0);

  expect(wait("999999999")).toMatchObject({ retryAfterMs: 3_600_000, pauseMs: 3_600_000 });
  expect(wait("0")).toMatchObject({ retryAfterMs: 0, pauseMs: 0 });
});
