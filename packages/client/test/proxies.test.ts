import { createServer } from "node:https";
import { inspect } from "node:util";
import { type ClientOptions, ConnectionError, OpenMessagingClient } from "@quickcard/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { listen, stopListening } from "../../../testing/listen.ts";
import { failure } from "./fixtures/failure.ts";
import { createFakeTime } from "./fixtures/fake-time.ts";
import { makeCertificate } from "./fixtures/make-certificate.ts";
import { contact, contactId } from "./fixtures/start-contacts-api.ts";
import { startProxy } from "./fixtures/start-proxy.ts";

const certificate = makeCertificate(["DNS:gateway.example.com", "IP:127.0.0.1"]);
const gateway = "https://gateway.example.com";

describe.skipIf(certificate === undefined)("over TLS", () => {
  const server = createServer({ ...certificate }, (_, response) => response.end(JSON.stringify(contact)));
  let port = 0;
  const clients: OpenMessagingClient[] = [];

  beforeAll(async () => {
    ({ port } = await listen(server));
  });
  afterAll(() => stopListening(server));
  beforeEach(() => {
    for (const name of ["https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"]) vi.stubEnv(name, undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  function clientOf(options: ClientOptions): OpenMessagingClient {
    const client = new OpenMessagingClient(
      { token: "t", ca: certificate?.cert, ...options },
      { time: createFakeTime() },
    );
    clients.push(client);
    return client;
  }

  test("a server whose authority nobody knows is not trusted, and the error says how it can be", async () => {
    const error = await failure(
      clientOf({ baseUrl: `https://127.0.0.1:${port}`, ca: undefined }).contacts.get(contactId),
    );

    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ fate: "not_sent", retryable: false, fix: expect.stringContaining("`ca`") });
  });

  test.each([
    ["alone", (pem: string) => pem],
    ["in a list", (pem: string) => [pem]],
  ])("an authority of one's own is trusted, given %s", async (_, given) => {
    const { contacts } = clientOf({
      baseUrl: `https://127.0.0.1:${port}`,
      ca: given(certificate?.cert ?? ""),
    });

    await expect(contacts.get(contactId)).resolves.toEqual(contact);
  });

  test("calls go through a proxy, with its name and password", async () => {
    await using proxy = await startProxy(port, `Basic ${btoa("quick:c@rd")}`);
    const { contacts } = clientOf({ baseUrl: gateway, proxy: `http://quick:c%40rd@127.0.0.1:${proxy.port}` });

    await expect(contacts.get(contactId)).resolves.toEqual(contact);
    await contacts.get(contactId);

    expect(new Set(proxy.targets)).toEqual(new Set(["gateway.example.com:443"]));
  });

  test("a proxy that does not let a call through is told of, without its password", async () => {
    await using proxy = await startProxy(port, "Basic other");
    const client = clientOf({ baseUrl: gateway, proxy: `http://quick:canary@127.0.0.1:${proxy.port}` });

    const error = await failure(client.contacts.get(contactId));

    expect(error).toMatchObject({
      fate: "not_sent",
      retryable: false,
      fix: expect.stringContaining("`proxy`"),
    });
    expect(inspect([error, client], { depth: 10, showHidden: true })).not.toContain("canary");
  });

  test("the environment's proxy is used, but for the hosts that need none, this computer, and `proxy: false`", async () => {
    await using proxy = await startProxy(port);
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${proxy.port}`);

    await clientOf({ baseUrl: gateway }).contacts.get(contactId);
    expect(proxy.targets).toHaveLength(1);

    await clientOf({ baseUrl: `https://127.0.0.1:${port}` }).contacts.get(contactId);
    await failure(clientOf({ baseUrl: "https://gateway.invalid", proxy: false }).contacts.get(contactId));
    vi.stubEnv("NO_PROXY", ".invalid");
    await failure(clientOf({ baseUrl: "https://gateway.invalid" }).contacts.get(contactId));
    expect(proxy.targets).toHaveLength(1);
  });
});
