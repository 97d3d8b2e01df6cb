import { createServer } from "node:net";
import { ConnectionError, fetchTransport, type Transport, text } from "@quickcard/client";
import { expect, test, vi } from "vitest";
import { readConnectionFailure } from "../src/retry/connection-failure.ts";
import { clientOf } from "./fixtures/client-of.ts";
import { eventually } from "./fixtures/eventually.ts";
import { failure } from "./fixtures/failure.ts";
import {
  accepted,
  contact,
  contactId,
  sentMessage,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";
import { rawAnswer, startRawServer } from "./fixtures/start-raw-server.ts";

const created = rawAnswer("201 Created", sentMessage);
const hello = text("Hello");

test("tries again where nothing listens yet, for nothing was sent", async () => {
  const url = await freeUrl();
  const error = await failure(clientOf(url).messages.send(contactId, hello, { idempotencyKey: false }));

  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "connection_failed", fate: "not_sent", retryable: true, attempts: 4 });
  expect(error.message).toContain(`(ECONNREFUSED, ${url})`);
  expect(error.fix).toContain("npx quickcard serve");
});

test("sends again, under the same key, after the connection broke before an answer", async () => {
  await using server = await startRawServer((socket, number) => {
    if (number === 1) socket.resetAndDestroy();
    else socket.end(created);
  });

  await expect(clientOf(server.url).messages.send(contactId, hello)).resolves.toMatchObject({
    id: sentMessage.id,
  });

  expect(server.requestLines).toHaveLength(2);
});

test("does not send again without a key after the connection broke: the message may have been taken", async () => {
  await using server = await startRawServer((socket) => socket.resetAndDestroy());

  const error = await failure(
    clientOf(server.url).messages.send(contactId, hello, { idempotencyKey: false }),
  );

  expect(error).toMatchObject({ code: "connection_failed", fate: "unknown", retryable: false, attempts: 1 });
  expect(server.requestLines).toHaveLength(1);
});

test.each([
  ["junk in place of HTTP", "\0\0 what\r\n\r\n"],
  ["an end in the headers", "HTTP/1.1 201 Created\r\ncontent-le"],
  ["an end at once", ""],
])("leaves the fate open after %s", async (_, bytes) => {
  await using server = await startRawServer((socket) => socket.end(bytes));

  const error = await failure(
    clientOf(server.url).messages.send(contactId, hello, { idempotencyKey: false }),
  );

  expect(error).toMatchObject({ code: "connection_failed", fate: "unknown", attempts: 1 });
});

test.each([
  ["ends", (socket: import("node:net").Socket) => socket.end(created.slice(0, -20))],
  [
    "is reset",
    (socket: import("node:net").Socket) =>
      socket.write(created.slice(0, -20), () => socket.resetAndDestroy()),
  ],
])(
  "takes a message as sent where the connection %s in the body of a 201, and does not send it again",
  async (_, cut) => {
    await using server = await startRawServer(cut);

    const error = await failure(clientOf(server.url).messages.send(contactId, hello));

    expect(error).toMatchObject({
      code: "sent_but_unreadable",
      status: 201,
      fate: "applied",
      retryable: false,
    });
    expect(server.requestLines).toHaveLength(1);
  },
);

test("reads again where the body of a read is cut off", async () => {
  const found = rawAnswer("200 OK", contact);
  await using server = await startRawServer((socket, number) =>
    socket.end(number === 1 ? found.slice(0, -9) : found),
  );

  await expect(clientOf(server.url).contacts.get(contactId)).resolves.toEqual(contact);
});

test("throws the reason of a caller who gives up, and lets go of the connection", async () => {
  let closed = false;
  await using server = await startRawServer((socket) => {
    socket.on("close", () => {
      closed = true;
    });
  });
  const caller = new AbortController();
  const call = clientOf(server.url).contacts.get(contactId, { signal: caller.signal });

  await eventually(() => server.requestLines.length === 1);
  caller.abort("enough");

  await expect(call).rejects.toBe("enough");
  await eventually(() => closed);
});

test("stops reading a body without end", async () => {
  await using api = await startContactsApi({
    answers: [
      (response) => {
        response.writeHead(200);
        const fill = () => {
          while (response.write(" ".repeat(65_536)));
        };
        response.on("drain", fill);
        fill();
      },
    ],
  });

  const error = await failure(api.client().contacts.get(contactId));

  expect(error).toMatchObject({
    code: "unreadable_answer",
    retryable: false,
    message: expect.stringContaining("too long"),
  });
  expect(api.apiRequests).toHaveLength(1);
});

test("keeps connections open for the calls that follow", async () => {
  await using api = await startContactsApi({ answers: [accepted] });
  const client = api.client();

  for (let call = 0; call < 50; call += 1) await client.messages.send(contactId, hello);
  await client.close();

  expect(api.requests).toHaveLength(51);
  expect(new Set(api.requests.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
});

/** How a transport can fail, and what becomes of a message without a key. */
test.each([
  [systemError("ENOTFOUND"), "not_sent", 4],
  [systemError("EAI_AGAIN"), "not_sent", 4],
  [systemError("EHOSTUNREACH"), "not_sent", 4],
  [systemError("UND_ERR_CONNECT_TIMEOUT"), "not_sent", 4],
  [systemError("ECONNRESET", "connect"), "not_sent", 4],
  [systemError("ECONNREFUSED"), "not_sent", 4],
  [systemError("DEPTH_ZERO_SELF_SIGNED_CERT"), "not_sent", 1],
  [systemError("CERT_HAS_EXPIRED"), "not_sent", 1],
  [systemError("ERR_TLS_CERT_ALTNAME_INVALID"), "not_sent", 1],
  [systemError("UND_ERR_INVALID_ARG"), "not_sent", 1],
  [systemError("ECONNRESET", "read"), "unknown", 1],
  [systemError("EPIPE"), "unknown", 1],
  [systemError("UND_ERR_SOCKET"), "unknown", 1],
  [systemError("HPE_INVALID_CONSTANT"), "unknown", 1],
  [new Error("no code"), "unknown", 1],
  ["not even an error", "unknown", 1],
])("classifies %s", async (cause, fate, attempts) => {
  for (const thrown of [cause, new TypeError("fetch failed", { cause })]) {
    const transport: Transport = vi.fn().mockRejectedValueOnce(thrown).mockThrow(thrown);
    const client = clientOf("https://gateway.example.com", { transport });

    const error = await failure(client.messages.send(contactId, hello, { idempotencyKey: false }));

    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ fate, attempts, retryable: attempts > 1, cause: thrown });
  }
});

function systemError(code: string, syscall?: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

async function freeUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as import("node:net").AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test("on Deno, where a body is a stream so that its fetch sends nothing anew by itself, it arrives whole", async () => {
  vi.stubGlobal("Deno", {});
  try {
    const seen: Request[] = [];
    const transport = fetchTransport((request) => {
      seen.push(request);
      return Response.json(sentMessage, { status: 201 });
    });

    await clientOf("http://localhost", { transport }).messages.send(contactId, hello);

    expect(await seen[0]?.json()).toEqual({ type: "message", content: hello });
  } finally {
    vi.unstubAllGlobals();
  }
});

test("on Deno, which has no codes, a failure to connect is known by its words", async () => {
  const transport: Transport = async () => {
    const cause = new Error(
      "error sending request for url (http://h/): client error (Connect): tcp connect error",
    );
    throw new TypeError("fetch failed", { cause });
  };

  expect(
    await failure(clientOf("http://localhost", { transport, maxAttempts: 1 }).contacts.get(contactId)),
  ).toMatchObject({
    fate: "not_sent",
    retryable: true,
  });
});

test.each([
  ["ECONNREFUSED", "not_sent", true, /server runs/],
  ["EHOSTUNREACH", "not_sent", true, /server runs/],
  ["UND_ERR_CONNECT_TIMEOUT", "not_sent", true, /server runs/],
  ["ENOTFOUND", "not_sent", true, /host name/],
  ["EAI_AGAIN", "not_sent", true, /host name/],
  ["CERT_HAS_EXPIRED", "not_sent", false, /certificate/],
  ["UND_ERR_ABORTED", "not_sent", false, /proxy/],
  ["UND_ERR_PRX_TLS", "not_sent", false, /proxy/],
  ["UND_ERR_INVALID_ARG", "not_sent", false, /no request can be made/],
  ["ERR_INVALID_URL", "not_sent", false, /no request can be made/],
  ["ECONNRESET", "unknown", true, /broke before/],
  // What only looks like one of them says nothing of whether the request was sent.
  ["XECONNREFUSED", "unknown", true, /broke before/],
  ["ECONNREFUSEDX", "unknown", true, /broke before/],
  ["XENOTFOUND", "unknown", true, /broke before/],
  ["ENOTFOUNDX", "unknown", true, /broke before/],
  ["X_CERT_", "unknown", true, /broke before/],
  ["XUND_ERR_ABORTED", "unknown", true, /broke before/],
  ["UND_ERR_ABORTEDX", "unknown", true, /broke before/],
  ["X_ERR_INVALID_", "unknown", true, /broke before/],
])("the code %s, below another error, means %s, transient: %s", (code, fate, isTransient, fix) => {
  const error = new TypeError("fetch failed", { cause: Object.assign(new Error("e"), { code }) });

  expect(readConnectionFailure(error)).toEqual({ code, fate, isTransient, fix: expect.stringMatching(fix) });
});

test.each([undefined, null, "text", { message: 7, cause: null }])(
  "what is no error, %j, leaves open what became of it",
  (error) => {
    expect(readConnectionFailure(error)).toMatchObject({
      code: "no code",
      fate: "unknown",
      isTransient: true,
    });
  },
);

test("of a long chain of causes the first five are looked at", () => {
  const chain = (length: number): unknown =>
    length === 0 ? { code: "ECONNREFUSED" } : { cause: chain(length - 1) };

  expect(readConnectionFailure(chain(4)).fate).toBe("not_sent");
  expect(readConnectionFailure(chain(5)).fate).toBe("unknown");
});
