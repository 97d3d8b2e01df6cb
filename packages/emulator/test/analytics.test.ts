import { stoppedTime } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let ann: string;
let bob: string;
let cy: string;

/** Ann writes and is answered, Bob writes and ends after a minute, Cy writes an hour later. */
beforeAll(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  const { emulator, say } = organisation;
  ann = await say("Hello", "ann");
  bob = await say("Hello", "bob");
  emulator.agent().answer(ann);
  await emulator.clock.advance(60_000);
  emulator.agent().disconnect(bob);
  await emulator.clock.advance(3_600_000);
  cy = await say("Hello", "cy");
});

afterAll(() => organisation.close());

const query = async (rest: object) => {
  const { body } = await organisation.callApi("POST", "/api/v2/analytics/conversations/details/query", {
    interval: "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    ...rest,
  });
  return body;
};
const found = async (rest: object) =>
  (await query(rest)).conversations.map(({ conversationId }: { conversationId: string }) => conversationId);
const and = (...predicates: object[]) => ({ type: "and", predicates });

test("conversations are found by dimensions, clauses and metrics", async () => {
  expect(await found({ segmentFilters: [and({ dimension: "addressFrom", value: "ann" })] })).toEqual([ann]);
  expect(
    await found({ conversationFilters: [and({ dimension: "conversationEnd", operator: "notExists" })] }),
  ).toEqual([ann, cy]);
  const either = {
    type: "or",
    predicates: [
      { dimension: "addressFrom", value: "bob" },
      { dimension: "addressFrom", value: "cy" },
    ],
  };
  expect(
    await found({
      segmentFilters: [{ ...and({ dimension: "mediaType", value: "message" }), clauses: [either] }],
    }),
  ).toEqual([bob, cy]);
  const metric = "tConversationDuration";
  expect(await found({ conversationFilters: [and({ metric, range: { gte: 60_000, lt: 60_001 } })] })).toEqual(
    [bob],
  );
  expect(await found({ conversationFilters: [and({ metric, range: { gt: 60_000 } })] })).toEqual([]);
});

test("an order begins with the moment that it names, and what has not had it comes last", async () => {
  expect(await found({ order: "desc" })).toEqual([cy, bob, ann]);
  expect(await found({ orderBy: "conversationEnd" })).toEqual([bob, ann, cy]);
});

test("aggregations count conversations by term and by range, whatever the page", async () => {
  const { aggregations, totalHits, conversations } = await query({
    paging: { pageSize: 1, pageNumber: 1 },
    aggregations: [
      { type: "termFrequency", dimension: "purpose" },
      { type: "termFrequency", dimension: "addressFrom", size: 1 },
      {
        type: "numericRange",
        metric: "tConversationDuration",
        ranges: [{ lt: 60_000 }, { gte: 60_000, lt: 120_000 }],
      },
    ],
  });

  expect([totalHits, conversations.length]).toEqual([3, 1]);
  expect(aggregations).toEqual([
    {
      type: "termFrequency",
      dimension: "purpose",
      count: 2,
      results: [
        { value: "customer", count: 3 },
        { value: "agent", count: 3 },
      ],
    },
    { type: "termFrequency", dimension: "addressFrom", count: 3, results: [{ value: "ann", count: 1 }] },
    {
      type: "numericRange",
      metric: "tConversationDuration",
      count: 1,
      results: [
        { lt: 60_000, count: 0 },
        { gte: 60_000, lt: 120_000, count: 1 },
      ],
    },
  ]);
});

test("a job answers after a while, page by page, with the attributes that a query leaves out", async () => {
  const { emulator, callApi } = organisation;
  const { id, participants } = (await callApi("GET", `/api/v2/conversations/messages/${ann}`)).body;
  await callApi(
    "PATCH",
    `/api/v2/conversations/messages/${id}/participants/${participants[0].id}/attributes`,
    {
      attributes: { plan: "gold" },
    },
  );
  const jobs = "/api/v2/analytics/conversations/details/jobs";
  const question = { interval: "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z", order: "desc" };
  const { status, body } = await callApi("POST", jobs, question);
  expect(status).toBe(202);
  const job = `${jobs}/${body.jobId}`;
  expect((await callApi("GET", job)).body).toMatchObject({ state: "PENDING" });
  expect((await callApi("GET", `${job}/results`)).status).toBe(400);
  await emulator.clock.advance(1000);

  expect((await callApi("GET", job)).body).toMatchObject({ state: "FULFILLED" });
  const first = await callApi("GET", `${job}/results?pageSize=2`);
  expect(first.body).toMatchObject({ conversations: [{ conversationId: cy }, { conversationId: bob }] });
  const last = await callApi("GET", `${job}/results?pageSize=2&cursor=${first.body.cursor}`);
  expect(last.body.conversations).toMatchObject([
    { conversationId: ann, participants: [{ attributes: { plan: "gold" } }, {}] },
  ]);
  expect(last.body).not.toHaveProperty("cursor");

  expect((await callApi("DELETE", job)).status).toBe(204);
  expect((await callApi("GET", job)).status).toBe(404);
  expect((await callApi("POST", jobs, { ...question, interval: "yesterday" })).status).toBe(400);
});

test("conversations that a bot had are found by its flow", async () => {
  const bots = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  const flowId = bots.emulator.createFlow({ name: "Menu", bot: { kind: "script", rules: [] } });
  await bots.say("Hello", "ann");
  bots.emulator.setFlow(bots.integrationId, flowId);
  const conversationId = await bots.say("Hello", "bob");

  const { body } = await bots.callApi("POST", "/api/v2/analytics/conversations/details/query", {
    interval: "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    segmentFilters: [and({ dimension: "flowId", value: flowId })],
  });

  expect(body.conversations).toMatchObject([{ conversationId }]);
  await bots.close();
});

test("conversations are read by their ids, as many as there are", async () => {
  const path = `/api/v2/analytics/conversations/details?id=${ann},none&id=${cy}`;

  expect((await organisation.callApi("GET", path)).body.conversations).toMatchObject([
    { conversationId: ann },
    { conversationId: cy },
  ]);
});

test("an unknown dimension is refused before there is any conversation", async () => {
  const empty = await startOrganisation();

  const { status } = await empty.callApi("POST", "/api/v2/analytics/conversations/details/query", {
    interval: "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    segmentFilters: [and({ dimension: "colour", value: "red" })],
  });

  expect(status).toBe(400);
  await empty.close();
});

test.each([
  [{ interval: "yesterday" }, "invalid.date", "interval should be"],
  [{ paging: { pageSize: 101, pageNumber: 1 } }, "bad.request", "pageSize is 1 to 100"],
  [{ segmentFilters: [and({ dimension: "colour", value: "red" })] }, "invalid.value", "Value [colour]"],
  [{ aggregations: [{ type: "average" }] }, "invalid.value", "termFrequency, numericRange"],
  [{ aggregations: [{ type: "termFrequency", dimension: "colour" }] }, "invalid.value", "Value [colour]"],
])("a query that cannot be answered says why: %j", async (rest, code, message) => {
  expect(await query(rest)).toMatchObject({ code, message: expect.stringContaining(message) });
});
