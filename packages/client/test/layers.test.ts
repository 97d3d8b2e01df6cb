import {
  fetchTransport,
  type Layer,
  OpenMessagingClient,
  RateLimitError,
  text,
  undiciTransport,
} from "@quickcard/client";
import { expect, test } from "vitest";
import { compose } from "../src/layers/layer.ts";
import { collect } from "./fixtures/collect.ts";
import { failure } from "./fixtures/failure.ts";
import {
  accepted,
  contact,
  contactId,
  refusal,
  sentMessage,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";

test("of one's own see each call once, the first one outermost, and its typed error", async () => {
  await using api = await startContactsApi({
    answers: [{ status: 503 }, accepted, refusal(429, "too.many.requests")],
  });
  const seen: string[] = [];
  const watch =
    (name: string): Layer =>
    (next) =>
    async (call) => {
      seen.push(`${name} in`);
      try {
        const answer = await next(call);
        seen.push(`${name} out ${answer.status}`);
        return answer;
      } catch (error) {
        seen.push(`${name} out ${RateLimitError.is(error) && error.code}`);
        throw error;
      }
    };
  const { messages } = api.client({ layers: [watch("a"), watch("b")] });

  await messages.send(contactId, text("Hello"));
  await failure(messages.send(contactId, text("Hello")));

  expect(seen).toEqual([
    ...["a in", "b in", "b out 201", "a out 201"],
    ...["a in", "b in", "b out rate_limited", "a out rate_limited"],
  ]);
});

test("of one's own can change what is sent, and see no token", async () => {
  await using api = await startContactsApi({ answers: [{ status: 200, json: contact }] });
  const seen: Record<string, string>[] = [];
  const stamp: Layer = (next) => (call) => {
    seen.push({ ...call.headers });
    return next({ ...call, headers: { ...call.headers, "x-stamp": "7" } });
  };

  await api.client({ layers: [stamp] }).contacts.get(contactId);

  expect(api.apiRequests[0]?.headers).toMatchObject({ "x-stamp": "7", authorization: "Bearer token-1" });
  expect(seen[0]).not.toHaveProperty("authorization");
});

test("without any, the innermost stands alone", async () => {
  const send = async () => ({ status: 200, headers: {} });

  expect(compose(send, [])).toBe(send);
});

test("a client talks to a server in memory, without a port", async () => {
  const seen: string[] = [];
  const serve = async (request: Request) => {
    seen.push(`${request.method} ${request.url} ${await request.text()}`);
    return Response.json(sentMessage, { status: 201 });
  };
  const options = { baseUrl: "http://localhost", token: "t" };

  for (const client of [
    new OpenMessagingClient({ ...options, fetch: serve }),
    new OpenMessagingClient({ ...options, transport: fetchTransport(serve) }),
  ]) {
    await expect(client.messages.send(contactId, text("Hello"))).resolves.toEqual(sentMessage);
    await client.close();
  }

  expect(new Set(seen)).toEqual(
    new Set([
      `POST http://localhost/api/v2/conversations/messaging/contacts/${contactId}/messages {"type":"message","content":{"type":"text","text":"Hello"}}`,
    ]),
  );
});

test("both transports say the same of an answer", async () => {
  await using api = await startContactsApi({
    answers: [{ status: 418, headers: { "x-a": "1", "retry-after": "5" }, text: "körper" }],
  });
  const request = { method: "GET", url: `${api.url}/a?b=c`, headers: { accept: "*/*" } } as const;

  const answers = await Promise.all(
    [undiciTransport(), fetchTransport(fetch)].map(async (transport) => {
      const { status, headers, body } = await transport(request);
      const chunks = body instanceof Uint8Array ? [body] : await collect(body);
      await transport.close?.();
      return [status, headers["x-a"], headers["retry-after"], Buffer.concat(chunks).toString()];
    }),
  );

  expect(answers).toEqual([
    [418, "1", "5", "körper"],
    [418, "1", "5", "körper"],
  ]);
  expect(api.apiRequests.map(({ path }) => path)).toEqual(["/a?b=c", "/a?b=c"]);
});

test("a closed client opens its connections again when it is used again", async () => {
  await using api = await startContactsApi({ answers: [{ status: 200, json: contact }] });
  const client = api.client();

  await client.contacts.get(contactId);
  await client.close();

  await expect(client.contacts.get(contactId)).resolves.toEqual(contact);
  await client.close();
});
