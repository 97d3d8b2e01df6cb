import { OpenMessagingClient, TimeoutError, type Transport, text } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { clientOf } from "./fixtures/client-of.ts";
import { failure } from "./fixtures/failure.ts";
import { contact, contactId, sentMessage } from "./fixtures/start-contacts-api.ts";
import { rawAnswer, startRawServer } from "./fixtures/start-raw-server.ts";

const created = rawAnswer("201 Created", sentMessage);
const hello = text("Hello");

describe("a time limit", () => {
  test("ends an attempt whose answer does not come, and tries again", async () => {
    await using server = await startRawServer((socket, number) => {
      if (number > 1) socket.end(created);
    });

    const sent = clientOf(server.url, { attemptTimeoutMs: 200 }).messages.send(contactId, hello);

    await expect(sent).resolves.toMatchObject({ id: sentMessage.id });
    expect(server.requestLines).toHaveLength(2);
  });

  test.each([
    ["no answer", ""],
    ["half the headers", "HTTP/1.1 200 OK\r\ncontent-"],
  ])("tells of %s", async (_, bytes) => {
    await using server = await startRawServer((socket) => socket.write(bytes));
    const options = { attemptTimeoutMs: 40, maxAttempts: 2 };

    const error = await failure(clientOf(server.url, options).contacts.get(contactId));

    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "timeout", attempts: 2, retryable: true, fate: "unknown" });
    expect(error.message).toContain("was not answered within 0.04 s");
    expect(error.fix).toContain("attemptTimeoutMs");
  });

  test("holds for the body too", async () => {
    await using server = await startRawServer((socket) =>
      socket.write(rawAnswer("200 OK", contact).slice(0, -5)),
    );

    const get = clientOf(server.url, { attemptTimeoutMs: 40, maxAttempts: 1 }).contacts.get(contactId);

    await expect(get).rejects.toMatchObject({ code: "timeout" });
  });

  test("holds for the token too, and names the one for the whole call where that was it", async () => {
    await using server = await startRawServer(() => undefined);
    const options = { baseUrl: server.url, clientId: "a", clientSecret: "b", timeoutMs: 40 };

    const error = await failure(new OpenMessagingClient(options).contacts.get(contactId));

    expect(error).toMatchObject({ code: "timeout", fix: expect.stringContaining("`timeoutMs`") });
  });

  test("holds where a transport never looks at its signal, and nothing is sent afterwards", async () => {
    const urls: string[] = [];
    let answerToken = () => {};
    const transport: Transport = ({ url }) => {
      urls.push(url);
      return new Promise((resolve) => {
        const body = new TextEncoder().encode('{"access_token":"t"}');
        answerToken = () => resolve({ status: 200, headers: {}, body });
      });
    };
    const options = {
      baseUrl: "http://localhost",
      clientId: "a",
      clientSecret: "b",
      transport,
      timeoutMs: 10,
    };

    await failure(new OpenMessagingClient(options).messages.send(contactId, hello));
    answerToken();
    await new Promise((resolve) => setImmediate(resolve));

    expect(urls).toEqual(["http://localhost/oauth/token"]);
  });
});
