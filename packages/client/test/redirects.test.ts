import { fetchTransport, RedirectError, type Transport, text } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { clientOf } from "./fixtures/client-of.ts";
import { eventually } from "./fixtures/eventually.ts";
import { failure } from "./fixtures/failure.ts";
import { contactId, startContactsApi } from "./fixtures/start-contacts-api.ts";
import { startRawServer } from "./fixtures/start-raw-server.ts";

const hello = text("Hello");

describe("a redirect is never followed", () => {
  test.each([301, 302, 303, 307, 308])("%i", async (status) => {
    await using elsewhere = await startContactsApi();
    const headers = { location: `${elsewhere.url}/stolen` };
    await using api = await startContactsApi({ answers: [{ status, headers }] });
    const byFetch = api.client({ transport: fetchTransport(fetch) });

    for (const client of [api.client(), byFetch]) {
      const error = await failure(client.messages.send(contactId, hello));
      expect(error).toBeInstanceOf(RedirectError);
      expect(error).toMatchObject({
        code: "redirected",
        status,
        fate: "not_applied",
        retryable: false,
        attempts: 1,
      });
      expect(error.fix).toContain("Set `baseUrl`");
    }
    expect(api.apiRequests).toHaveLength(2);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

test("a browser hides a redirect: its status is 0, which is told as what it is", async () => {
  const transport: Transport = async () => ({ status: 0, headers: {}, body: new Uint8Array() });

  const error = await failure(clientOf("http://localhost", { transport }).contacts.get(contactId));

  expect(error).toBeInstanceOf(RedirectError);
  expect(error.message).toContain("redirect (hidden by the browser)");
});

test("lets go of a connection whose redirect or refusal it does not read to the end", async () => {
  for (const status of ["302 Found", "400 Bad Request"]) {
    let closed = false;
    await using server = await startRawServer((socket) => {
      socket.on("close", () => {
        closed = true;
      });
      socket.write(`HTTP/1.1 ${status}\r\ntransfer-encoding: chunked\r\n\r\n1\r\n \r\n`);
    });

    await failure(clientOf(server.url, { attemptTimeoutMs: 40, maxAttempts: 1 }).contacts.get(contactId));

    await eventually(() => closed);
  }
});
