import { adviceTable, type Emulator } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callApiWith, fetchToken, inbound, startMiddleware, startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let emulator: Emulator;
const messages = "/api/v2/conversations/messages";

beforeAll(async () => {
  organisation = await startOrganisation();
  ({ emulator } = organisation);
});
afterAll(() => organisation.close());

/** The advice on what came last, as the wire log shows it. */
async function lastAdvice(): Promise<string | undefined> {
  const { body } = await organisation.callApi("GET", "/emulator/wire-log");
  return body.entities.at(-1).advice;
}

async function ask(form: Record<string, string>) {
  const body = new URLSearchParams(form);
  await emulator.fetch(new Request("https://login.mypurecloud.com/oauth/token", { method: "POST", body }));
}

test("a program that logs in wrongly is told what is wrong, each mistake another", async () => {
  const { id } = emulator.createClient();
  const grant_type = "client_credentials";
  const told: (string | undefined)[] = [];
  for (const form of [
    { grant_type, client_id: "nobody", client_secret: "x" },
    { grant_type, client_id: id, client_secret: "x" },
    { grant_type: "password" },
  ]) {
    await ask(form);
    told.push(await lastAdvice());
  }
  for (const token of [undefined, "unknown"]) {
    await callApiWith(emulator, token)("GET", "/api/v2/tokens/me");
    told.push(await lastAdvice());
  }
  await organisation.callApi("POST", "/oauth/token");
  told.push(await lastAdvice());
  const { id: narrow, secret } = emulator.createClient({ permissions: [] });
  await callApiWith(emulator, await fetchToken(emulator, narrow, secret))(
    "POST",
    `${messages}/agentless`,
    {},
  );
  told.push(await lastAdvice());

  expect(told).toEqual([
    expect.stringContaining("No OAuth client has this id"),
    expect.stringContaining("its secret is another one"),
    expect.stringContaining("as a form"),
    expect.stringContaining("Bearer"),
    expect.stringContaining("not given out here"),
    expect.stringContaining("POST /login/oauth/token"),
    expect.stringContaining("scopes do not count"),
  ]);
});

test.each([
  ["POST", "/api/v2/conversations/messaging/contacts/a/messages", "contacts API is the gateway's"],
  ["PUT", `${messages}/agentless`, "This path takes POST, not PUT."],
  ["GET", `${messages}/cachedmedia`, "the emulator does not"],
  ["GET", "/api/v2/messaging/settings", "below /api/v2/conversations/messaging"],
  ["PUT", "/emulator/clients", "No control has this path and method"],
  ["GET", "/api/v2/openmessaging", "No operation of Open Messaging has this path"],
  ["GET", `${messages}/none/details`, "GET /emulator/conversations lists"],
  ["POST", `${messages}/none/inbound/open/message`, "GET /emulator lists the integrations"],
])("%s %s: %s", async (method, path, advice) => {
  await organisation.callApi(method, path, method === "GET" ? undefined : { ...inbound(), text: "Hello" });

  expect(await lastAdvice()).toContain(advice);
});

test("what goes well, and what the platform's own words explain, has no advice", async () => {
  await organisation.say("Hello");
  expect(await lastAdvice()).toBeUndefined();
  await organisation.callApi("POST", `${messages}/${organisation.integrationId}/inbound/open/message`, {});
  expect(await lastAdvice()).toBeUndefined();
});

test.each([
  [401, "HMAC-SHA256 of the raw bytes"],
  [404, "ends the whole conversation"],
  [503, "Tried 5 times more"],
])("a webhook that is answered with %s: %s", async (answer, advice) => {
  const { middleware, say } = organisation;
  middleware.answer = answer;
  emulator.agent().send(await say("Hello", `customer of ${answer}`), "Hi");
  await emulator.settled();
  middleware.answer = 200;

  expect(await lastAdvice()).toContain(advice);
});

test("a webhook to where nobody listens, and one that a fault struck", async () => {
  const gone = await startMiddleware();
  await gone.close();
  const integrationId = emulator.createIntegration({
    name: "Gone",
    outboundNotificationWebhookUrl: gone.url,
    outboundNotificationWebhookSignatureSecretToken: "longer than fifteen characters",
  });
  const agentless = () =>
    organisation.callApi("POST", `${messages}/agentless`, {
      fromAddress: integrationId,
      toAddress: "cust-42",
      toAddressMessengerType: "open",
      textBody: "Hi",
    });
  await agentless();
  await emulator.settled();
  expect(await lastAdvice()).toContain("Nobody answers at that address");

  emulator.faults.add({ on: "request", kind: "status", status: 500, times: 1 });
  await agentless();
  expect(await lastAdvice()).toContain("A fault of the dial struck");
});

test("every advice is of its own, and says what to do in a sentence or more", () => {
  const told = adviceTable.map(({ advice }) => advice);

  expect(new Set(told).size).toBe(told.length);
  expect(told.filter((advice) => !/^[A-Z].*\.$/s.test(advice))).toEqual([]);
});
