import { readdirSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  type Fetch,
  PermissionError,
  RateLimitError,
  ResponseError,
  SentButUnreadableError,
} from "@quickcard/client";
import { GenesysCloud, genesysCloudOperations, genesysCloudRegions } from "@quickcard/client/genesys-cloud";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { failure } from "./fixtures/failure.ts";
import { type ReceivedRequest, startServer } from "./fixtures/start-server.ts";

const integrationId = "2b3a0d77-31d6-4d4a-9a6e-1c6f1a2b3c4d";
const from = { id: "customer-42", idType: "Opaque" } as const;
const inbound = { channel: { from, time: "2026-01-01T00:00:00.000Z", messageId: "1" }, text: "Hello" };
const credentials = { clientId: "id", clientSecret: "a secret" };

type Reply = { status: number; json?: unknown; headers?: Record<string, string>; text?: string } | "cut";

/** A stand-in for the platform: tokens for all, and scripted answers to the rest, the last one for ever. */
async function startPlatform(...replies: Reply[]) {
  const answered: ReceivedRequest[] = [];
  const server = await startServer((request, response) => {
    if (request.path === "/oauth/token") return answer(response, { status: 200, json: token });
    answered.push(request);
    const reply = replies[Math.min(answered.length, replies.length) - 1] ?? { status: 500 };
    if (reply === "cut") request.socket.destroy();
    else answer(response, reply);
  });
  const cloud = new GenesysCloud({ baseUrl: server.url, ...credentials }, { time: hurriedTime });
  return {
    cloud,
    answered,
    all: server.requests,
    async [Symbol.asyncDispose]() {
      await cloud.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const token = { access_token: "token-1", token_type: "bearer", expires_in: 86_400 };

/** The real clock, but nobody waits. */
const hurriedTime = {
  monotonicMs: () => performance.now(),
  epochMs: () => 0,
  sleep: async () => undefined,
  random: () => 0,
};

function answer(response: ServerResponse, { status, json, text, headers = {} }: Exclude<Reply, "cut">) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text ?? JSON.stringify(json));
}

test("is told apart from the gateway's: Basic at the login host of the region, and the region's API", async () => {
  const urls: string[] = [];
  const basics: (string | null)[] = [];
  const fetch: Fetch = async (request) => {
    const { url, headers } = request as Request;
    urls.push(url);
    basics.push(headers.get("authorization"));
    return Response.json(url.includes("/oauth/") ? token : { entities: [] });
  };

  for (const region of ["eu_central_1", "eu-central-1", "mypurecloud.de"]) {
    await new GenesysCloud({ region, ...credentials, fetch }).getIpRanges();
  }

  expect(new Set(urls)).toEqual(
    new Set(["https://login.mypurecloud.de/oauth/token", "https://api.mypurecloud.de/api/v2/ipranges"]),
  );
  expect(basics[0]).toBe(`Basic ${btoa("id:a+secret")}`);
  expect(basics[1]).toBe("Bearer token-1");
});

test("there are 18 regions, each with a domain of its own; another is refused with their names", () => {
  expect(Object.keys(genesysCloudRegions)).toHaveLength(18);
  expect(new Set(Object.values(genesysCloudRegions)).size).toBe(18);

  const make = () => new GenesysCloud({ region: "eu-north-9", ...credentials });

  expect(make).toThrow(ConfigurationError);
  expect(make).toThrow(
    expect.objectContaining({ option: "region", fix: expect.stringContaining("mypurecloud.jp") }),
  );
});

test("a login host of one's own goes before the one beside the API", async () => {
  const urls: string[] = [];
  const fetch: Fetch = async (request) => {
    urls.push((request as Request).url);
    return Response.json(token);
  };

  const cloud = new GenesysCloud({
    baseUrl: "http://127.0.0.1:1",
    loginUrl: "http://127.0.0.1:2",
    ...credentials,
    fetch,
  });
  await cloud.getTokenInfo();

  expect(urls).toEqual(["http://127.0.0.1:2/oauth/token", "http://127.0.0.1:1/api/v2/tokens/me"]);
});

test("an inbound message goes to its integration as it was given", async () => {
  await using platform = await startPlatform({ status: 200, json: { id: "m1", conversationId: "c1" } });

  const made = await platform.cloud.openMessaging.receiveMessage(integrationId, inbound, {
    prefetchConversationId: true,
  });

  expect(made).toEqual({ id: "m1", conversationId: "c1" });
  expect(platform.answered[0]).toMatchObject({
    method: "POST",
    path: `/api/v2/conversations/messages/${integrationId}/inbound/open/message?prefetchConversationId=true`,
    body: JSON.stringify(inbound),
  });
});

describe("a request that nothing names a repetition of", () => {
  const agentless = { fromAddress: integrationId, toAddress: "c", toAddressMessengerType: "open" } as const;
  const send = (cloud: GenesysCloud) => cloud.messages.sendAgentless({ ...agentless, textBody: "Hello" });

  test.each<[string, Reply]>([
    ["500", { status: 500 }],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "1" } }],
    ["504", { status: 504 }],
    ["a cut connection", "cut"],
  ])("is not made again after %s, since it may have been carried out", async (_, reply) => {
    await using platform = await startPlatform(reply);

    const error = await failure(send(platform.cloud));

    expect(platform.answered).toHaveLength(1);
    expect(error).toMatchObject({ fate: "unknown", retryable: false });
  });

  test("is made again after 429, which says that it was not carried out", async () => {
    const refused = { status: 429, headers: { "retry-after": "3" } };
    await using platform = await startPlatform(refused, refused, { status: 200, json: { id: "m1" } });

    expect(await send(platform.cloud)).toEqual({ id: "m1" });
    expect(platform.answered).toHaveLength(3);
  });

  test("is known to be carried out where its answer cannot be read", async () => {
    await using platform = await startPlatform({ status: 200, text: "<html>" });

    const error = await failure(send(platform.cloud));

    expect(SentButUnreadableError.is(error)).toBe(true);
    expect(error).toMatchObject({ fate: "applied", retryable: false });
  });

  test("is every POST but those that read, and a receipt", () => {
    const repeatable = Object.entries(genesysCloudOperations)
      .filter(([, operation]) => operation.method === "POST" && !("repeatable" in operation))
      .map(([name]) => name);

    expect(repeatable).toEqual([
      "postInboundOpenReceipt",
      "postMessagesBulk",
      "postConversationsDetailsQuery",
    ]);
  });
});

test("what only reads is repeated until it succeeds", async () => {
  await using platform = await startPlatform({ status: 503 }, "cut", {
    status: 200,
    json: { startTime: "t" },
  });

  expect(await platform.cloud.conversations.get("c1")).toEqual({ startTime: "t" });
  expect(platform.answered).toHaveLength(3);
});

test("a missing permission is named, with where to give it", async () => {
  const json = { message: "You are missing a permission", code: "missing.permissions", status: 403 };
  await using platform = await startPlatform({ status: 403, json });

  const error = await failure(platform.cloud.openMessaging.receiveMessage(integrationId, inbound));

  expect(PermissionError.is(error)).toBe(true);
  expect(error).toMatchObject({
    apiCode: "missing.permissions",
    missingPermissions: ["conversation:message:receive"],
    fix: expect.stringContaining("conversation:message:receive"),
    fate: "not_applied",
  });
});

test.each([
  [401, { code: "bad.credentials" }, AuthenticationError],
  [429, { code: "too.many.requests" }, RateLimitError],
  [400, { code: "invalid.value", contextId: "ctx-1" }, ApiError],
  [302, {}, Error],
] as const)("a %s is a typed error", async (status, json, kind) => {
  await using platform = await startPlatform({ status, json });

  const error = await failure(platform.cloud.getIpRanges());

  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ status });
});

test("an answer that is no JSON from a proxy is told as such", async () => {
  await using platform = await startPlatform({ status: 200, text: "<html>sign in</html>" });

  expect(ResponseError.is(await failure(platform.cloud.getIpRanges()))).toBe(true);
});

test("a file is uploaded without the token, then waited for until it is checked", async () => {
  const requests: ReceivedRequest[] = [];
  let polls = 0;
  await using server = await startServer((request, response) => {
    requests.push(request);
    if (request.path === "/oauth/token") return answer(response, { status: 200, json: token });
    if (request.method === "PUT") return answer(response, { status: 200, text: "" });
    if (request.method === "POST") {
      const uploadHeaders = { "Content-Type": "image/png" };
      return answer(response, {
        status: 200,
        json: { id: "media-1", uploadUrl: `${server.url}/put-here`, uploadHeaders },
      });
    }
    polls += 1;
    return answer(response, { status: 200, json: { status: polls < 3 ? "uploading" : "valid" } });
  });
  const cloud = new GenesysCloud({ baseUrl: server.url, ...credentials }, { time: hurriedTime });
  const ids = { conversationId: "c1", communicationId: "k1" };

  const mediaId = await cloud.uploadMedia(ids, {
    fileName: "a.png",
    bytes: new Uint8Array([80, 78, 71]),
  });
  await cloud.close();

  expect(mediaId).toBe("media-1");
  const put = requests.find(({ method }) => method === "PUT");
  expect(put).toMatchObject({ path: "/put-here", body: "PNG" });
  expect(put?.headers).toMatchObject({ "content-type": "image/png" });
  expect(put?.headers).not.toHaveProperty("authorization");
  expect(polls).toBe(3);
});

test("a new integration is waited for, and one that failed says why", async () => {
  const initiated = { status: 200, json: { id: integrationId, createStatus: "Initiated" } };
  await using platform = await startPlatform(initiated, {
    status: 200,
    json: { id: integrationId, createStatus: "Error", createError: { code: "invalid.url" } },
  });

  const error = await failure(platform.cloud.integrations.whenReady(integrationId));

  expect(error).toMatchObject({ apiCode: "invalid.url", fate: "not_applied" });
});

test("ending a conversation is the one state that can be written", async () => {
  await using platform = await startPlatform({ status: 200, json: {} });

  await platform.cloud.conversations.disconnect("c1");

  expect(platform.answered[0]).toMatchObject({
    method: "PATCH",
    path: "/api/v2/conversations/messages/c1",
    body: '{"state":"disconnected"}',
  });
});

test("printing a client shows neither secret nor token", async () => {
  await using platform = await startPlatform({ status: 200, json: {} });
  await platform.cloud.getTokenInfo();

  expect(inspect(platform.cloud, { depth: 9, showHidden: true })).not.toMatch(/a secret|token-1/);
});

test.skipIf(!hasSharedData("reference/genesys-paths.json"))(
  "every operation is one of the published API, deprecated ones left out",
  () => {
    const published = [
      ...(readSharedJson("reference/genesys-paths.json") as PublishedOperation[]),
      ...(readSharedJson("reference/genesys-paths-related.json") as PublishedOperation[]),
    ];
    const current = new Set(
      published.filter(({ deprecated }) => !deprecated).map(({ method, path }) => `${method} ${path}`),
    );

    const unknown = Object.values(genesysCloudOperations)
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !current.has(route));

    expect(unknown).toEqual([]);
  },
);

interface PublishedOperation {
  method: string;
  path: string;
  deprecated: boolean;
}

test("a program that uses the gateway alone loads none of it", () => {
  const source = new URL("../src/", import.meta.url);
  const importers = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("genesys-cloud/"))
    .filter((name) => readFileSync(new URL(name, source), "utf8").includes('"./genesys-cloud/'));

  expect(importers).toEqual([]);
});
