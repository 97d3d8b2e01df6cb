import { inspect } from "node:util";
import {
  AuthenticationError,
  fetchTransport,
  OpenMessagingClient,
  OpenMessagingError,
  RedirectError,
  ResponseError,
  text,
} from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { failure } from "./fixtures/failure.ts";
import {
  accepted,
  contact,
  contactId,
  credentials,
  goodToken,
  refusal,
  type ScriptedAnswer,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";

const found = { status: 200, json: contact };
const expired = refusal(401, "credentials.expired");

test("asks for a token with id and secret in the body, as the tutorial does", async () => {
  await using api = await startContactsApi({ answers: [found] });

  await api.client().contacts.get(contactId);

  const [request] = api.tokenRequests;
  expect(request?.method).toBe("POST");
  expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(request?.headers).not.toHaveProperty("authorization");
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
});

test("asks for a token by HTTP Basic where told so", async () => {
  await using api = await startContactsApi({ answers: [found] });

  await api
    .client({ clientId: "a:b", clientSecret: "ä +%", authentication: "basic" })
    .contacts.get(contactId);

  const [request] = api.tokenRequests;
  expect(request?.body).toBe("grant_type=client_credentials");
  const [, basic = ""] = String(request?.headers.authorization).split(" ");
  expect(atob(basic)).toBe("a%3Ab:%C3%A4+%2B%25");
});

test("keeps a token until 60 s before its end, by a clock that nobody turns", async () => {
  await using api = await startContactsApi({ answers: [found] });
  const { contacts } = api.client();

  await contacts.get(contactId);
  for (const turnMs of [-3_600_000, 3_600_000, 315_576_000_000]) {
    api.time.turnWallClock(turnMs);
    await contacts.get(contactId);
  }
  api.time.advance(3_539_999);
  await contacts.get(contactId);
  expect(api.tokenRequests).toHaveLength(1);
  api.time.advance(1);
  await contacts.get(contactId);

  expect(api.tokenRequests).toHaveLength(2);
  expect(api.apiRequests.at(-1)?.headers.authorization).toBe("Bearer token-2");
});

test("fetches one token for a hundred calls that wait for it", async () => {
  await using api = await startContactsApi({ answers: [found] });
  const { contacts } = api.client();

  await Promise.all(Array.from({ length: 100 }, () => contacts.get(contactId)));

  expect(api.tokenRequests).toHaveLength(1);
  expect(api.apiRequests).toHaveLength(100);
});

test("fetches one new token for a hundred calls whose token was refused", async () => {
  await using api = await startContactsApi({ answers: [answerByToken(new Set(["Bearer token-1"]))] });
  const { contacts } = api.client();

  await Promise.all(Array.from({ length: 100 }, () => contacts.get(contactId)));

  expect(api.tokenRequests).toHaveLength(2);
  expect(api.apiRequests).toHaveLength(200);
});

test("does not throw away a fresh token because an older one was refused late", async () => {
  const held: (() => void)[] = [];
  const refuse = answerByToken(new Set(["Bearer token-1"]));
  await using api = await startContactsApi({
    answers: [
      (response, request) => {
        held.push(() => refuse(response, request));
      },
      refuse,
    ],
  });
  const { contacts } = api.client();

  const slow = contacts.get(contactId);
  while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await contacts.get(contactId);
  held[0]?.();
  await slow;
  await contacts.get(contactId);

  expect(api.tokenRequests).toHaveLength(2);
});

test("renews a refused token once and repeats the call once", async () => {
  await using api = await startContactsApi({ answers: [expired, accepted] });

  await expect(api.client().messages.send(contactId, text("Hello"))).resolves.toMatchObject({
    status: "queued",
  });

  expect(api.apiRequests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer token-1",
    "Bearer token-2",
  ]);
  expect(api.time.sleeps).toEqual([]);
});

test("ends with an error where the server refuses every token", async () => {
  await using api = await startContactsApi({ answers: [expired] });

  const error = await failure(api.client().messages.send(contactId, text("Hello")));

  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ code: "authentication_failed", status: 401, retryable: false });
  expect(api.apiRequests).toHaveLength(2);
  expect(api.tokenRequests).toHaveLength(2);
});

describe("a token of the user's own", () => {
  test("is used as it is, and not tried again once refused", async () => {
    await using api = await startContactsApi({ answers: [expired] });

    const error = await failure(api.client({ token: "my-token" }).contacts.get(contactId));

    expect(error).toBeInstanceOf(AuthenticationError);
    expect(api.apiRequests.map(({ headers }) => headers.authorization)).toEqual(["Bearer my-token"]);
    expect(api.tokenRequests).toHaveLength(0);
  });

  test("from a function is asked for again once after it was refused", async () => {
    await using api = await startContactsApi({ answers: [expired, found] });
    const tokens = ["old", "new"];

    await api.client({ token: async () => tokens.shift() ?? "none" }).contacts.get(contactId);

    expect(api.apiRequests.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  test.each([undefined, "", "a b", "a\r\nx: y", "é", { a: 1 }])(
    "%j is not put into a header",
    async (token) => {
      await using api = await startContactsApi();

      await expect(api.client({ token: () => token as never }).contacts.get(contactId)).rejects.toMatchObject(
        {
          code: "invalid_configuration",
          option: "token",
        },
      );
      expect(api.requests).toHaveLength(0);
    },
  );
});

interface Vector {
  name: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  expect: string;
}

interface Outcome {
  readonly error?: OpenMessagingError;
  readonly tokenRequests: number;
  readonly sleeps: readonly number[];
}

const typed =
  (name: string) =>
  ({ error }: Outcome) =>
    expect(error?.name).toBe(name);
const isRefused = (oauthError: string) => (outcome: Outcome) => {
  expect(outcome.error).toBeInstanceOf(AuthenticationError);
  expect(outcome.error?.message).toContain(oauthError);
  expect(outcome).toMatchObject({ tokenRequests: 1, error: { retryable: false, fate: "not_sent" } });
};
const isOk = ({ error, tokenRequests }: Outcome) => expect([error, tokenRequests]).toEqual([undefined, 1]);

/** What must come of each kind of answer in the collection. */
const expectations: readonly [RegExp, (outcome: Outcome) => void][] = [
  [/^ok$|^expires|concurrent/, isOk],
  [/^access_token=|^html/, typed("ResponseError")],
  [
    /^truncated/,
    ({ error, tokenRequests }) => {
      expect(error).toBeInstanceOf(ResponseError);
      expect([error?.retryable, tokenRequests]).toEqual([true, 4]);
    },
  ],
  [/^400 invalid_request/, isRefused("invalid_request")],
  [/^400 invalid_grant/, isRefused("invalid_grant")],
  [/^400 unsupported_grant_type/, isRefused("unsupported_grant_type")],
  [/^401/, isRefused("invalid_client")],
  [/^429/, ({ sleeps }) => expect(sleeps).toEqual([2000, 2000, 2000])],
  [/^503/, ({ sleeps }) => expect(sleeps).toEqual([500, 1000, 2000])],
  [
    /^302/,
    ({ error, tokenRequests }) => {
      expect(error).toBeInstanceOf(RedirectError);
      expect(tokenRequests).toBe(1);
    },
  ],
  [/^API 401/, typed("AuthenticationError")],
];

const vectors = hasSharedData("vectors/oauth-token.json")
  ? readSharedJson<{ cases: Vector[] }>("vectors/oauth-token.json").cases
  : [];

test.each(vectors)("deals with the token answer “$name”: $expect", async (vector) => {
  const answers: ScriptedAnswer[] = [vector.name.startsWith("API 401") ? expired : found];
  const tokenAnswer: ScriptedAnswer = (response) => {
    response.writeHead(vector.status, vector.headers);
    if (vector.headers["content-length"]) response.write(vector.body, () => response.destroy());
    else response.end(vector.body);
  };
  await using api = await startContactsApi({ answers, tokenAnswers: [tokenAnswer] });
  const { contacts } = api.client();
  const calls = vector.name.startsWith("100 concurrent") ? 100 : 1;

  const outcomes = await Promise.allSettled(Array.from({ length: calls }, () => contacts.get(contactId)));

  const rejected = outcomes
    .filter((outcome) => outcome.status === "rejected")
    .map(({ reason }) => reason as OpenMessagingError);
  const [error] = rejected;
  for (const one of rejected) {
    expect(OpenMessagingError.is(one)).toBe(true);
    expect(inspect(one, { depth: 10, showHidden: true })).not.toMatch(/canary|<script>|<html>|Bearer/);
  }
  for (const { headers } of api.apiRequests) expect(headers.authorization).toBe("Bearer t");
  const checks = expectations.filter(([name]) => name.test(vector.name));
  expect(checks).toHaveLength(1);
  checks[0]?.[1]({
    ...(error ? { error } : {}),
    tokenRequests: api.tokenRequests.length,
    sleeps: api.time.sleeps,
  });
});

test("fetches no token anew for each call, however short the server says its life is", async () => {
  const answer = (expiresIn: unknown) => ({
    status: 200,
    json: { access_token: "t", expires_in: expiresIn },
  });
  for (const expiresIn of [-1, 0, 59, null, undefined, "junk", [], {}, 2 ** 53]) {
    await using api = await startContactsApi({ answers: [found], tokenAnswers: [answer(expiresIn)] });
    const { contacts } = api.client();

    for (let call = 0; call < 5; call += 1) await contacts.get(contactId);

    expect(api.tokenRequests).toHaveLength(1);
  }
});

test("does not keep a failure: the next call asks for a token again", async () => {
  await using api = await startContactsApi({
    answers: [found],
    tokenAnswers: [{ status: 401, json: { error: "invalid_client" } }, goodToken(2)],
  });
  const { contacts } = api.client();

  await failure(contacts.get(contactId));

  await expect(contacts.get(contactId)).resolves.toMatchObject({ id: contactId });
});

test("knows that a message was not sent for which there was no token", async () => {
  await using api = await startContactsApi({ tokenAnswers: [(response) => response.destroy()] });

  const error = await failure(api.client().messages.send(contactId, text("Hello")));

  expect(error).toMatchObject({ code: "connection_failed", fate: "not_sent", retryable: true, attempts: 4 });
  expect(api.apiRequests).toHaveLength(0);
});

test("does not take a missing token endpoint for a missing contact", async () => {
  await using api = await startContactsApi({ tokenAnswers: [{ status: 404, json: {} }] });

  const error = await failure(api.client().contacts.get(contactId));

  expect(error).toMatchObject({ code: "api_error", status: 404, fix: expect.stringContaining("baseUrl") });
});

test.each([
  ["https://api.mypurecloud.com", "https://login.mypurecloud.com/oauth/token"],
  ["https://api.euw2.pure.cloud/", "https://login.euw2.pure.cloud/oauth/token"],
  ["https://api.usw2.pure.cloud.example.com", "https://api.usw2.pure.cloud.example.com/oauth/token"],
  ["https://gateway.example.com/chat/", "https://gateway.example.com/chat/oauth/token"],
])("of %s asks %s for tokens", async (baseUrl, tokenUrl) => {
  const asked: { url: string; authorization: string | null }[] = [];
  const transport = fetchTransport(async (request) => {
    asked.push({ url: request.url, authorization: request.headers.get("authorization") });
    return Response.json(request.url.endsWith("/token") ? { access_token: "t", expires_in: 60 } : contact);
  });

  await new OpenMessagingClient({ ...credentials, baseUrl, transport }).contacts.get(contactId);

  expect(asked[0]?.url).toBe(tokenUrl);
  expect(asked[0]?.authorization?.startsWith("Basic ") ?? false).toBe(tokenUrl.startsWith("https://login."));
});

function answerByToken(
  refused: ReadonlySet<string>,
): Extract<ScriptedAnswer, (...parameters: never[]) => void> {
  return (response, { headers }) => {
    const isRefused = refused.has(String(headers.authorization));
    response.writeHead(isRefused ? 401 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(isRefused ? expired.json : contact));
  };
}
