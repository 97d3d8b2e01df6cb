import { coverage, type ModelName, models } from "@quickcard/emulator";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { wireArbitrary } from "../../../testing/wire-arbitrary.ts";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
/** Ids that are there, for a path's parameters. */
let known: Record<string, string>;

beforeAll(async () => {
  organisation = await startOrganisation({ rateLimitPerMinute: 1_000_000 });
  const { emulator, integrationId, callApi, say } = organisation;
  const conversationId = await say("Hello");
  const messageId = emulator.agent().send(conversationId, "Hi").id;
  const { body } = await callApi("GET", `/api/v2/conversations/${conversationId}`);
  const participant = body.participants.at(-1);
  const channel = await callApi("POST", "/api/v2/notifications/channels");
  known = {
    integrationId,
    recipientId: integrationId,
    conversationId,
    messageId,
    participantId: participant.id,
    communicationId: participant.messages[0].id,
    channelId: channel.body.id,
  };
});
afterAll(() => organisation.close());

/** What takes something away comes last; the token stays. */
const operations = coverage
  .map(({ operation }) => operation.split(" ") as [method: string, path: string])
  .filter(([method, path]) => path.startsWith("/api/v2") && !(method === "DELETE" && path.endsWith("/me")))
  .sort(([one], [other]) => Number(one === "DELETE") - Number(other === "DELETE"));

const pathFiles = ["reference/genesys-paths.json", "reference/genesys-paths-related.json"];
const modelled = pathFiles
  .filter(hasSharedData)
  .flatMap((file) => readSharedJson<{ method: string; path: string; bodyModel: string | null }[]>(file))
  .flatMap(({ method, path, bodyModel }) => {
    const isAnswered = operations.some(([verb, place]) => verb === method && place === path);
    return isAnswered && bodyModel !== null && bodyModel in models
      ? [[method, path, bodyModel as ModelName] as const]
      : [];
  });

test.skipIf(modelled.length === 0)("every operation has an answer to whatever its model allows", async () => {
  expect(modelled.length).toBeGreaterThan(25);
  for (const [method, path, model] of modelled)
    await fc.assert(
      fc.asyncProperty(wireArbitrary(model), async (body) => {
        const filled = path.replace(/\{(\w+)\}/g, (_, parameter) => known[parameter] ?? "none");
        const { status } = await organisation.callApi(method, filled, body);
        expect([method, path, status < 500]).toEqual([method, path, true]);
      }),
      { numRuns: 20 },
    );
});

/** Fields that many models have, so that some bodies come further than the first check. */
const name = fc.constantFrom(
  "id",
  "name",
  "state",
  "settings",
  "interval",
  "textBody",
  "toAddress",
  "constructor",
  "__proto__",
);
const anyBody = fc.oneof(fc.jsonValue(), fc.dictionary(name, fc.jsonValue()), fc.array(fc.string()));
const anyId = fc.string({ minLength: 1, maxLength: 12 }).map(encodeURIComponent);

test.each(operations)("%s %s has an answer to anything", async (method, path) => {
  await fc.assert(
    fc.asyncProperty(anyBody, anyId, fc.boolean(), fc.string(), async (body, id, isKnown, query) => {
      const filled = path.replace(
        /\{(\w+)\}/g,
        (_, parameter) => (isKnown ? known[parameter] : undefined) ?? id,
      );
      const asked = `${filled}?pageSize=${encodeURIComponent(query)}&cursor=${encodeURIComponent(query)}`;

      const { status } = await organisation.callApi(
        method,
        asked,
        method === "GET" || method === "HEAD" ? undefined : body,
      );

      expect(status).not.toBe(401);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 30 },
  );
});
