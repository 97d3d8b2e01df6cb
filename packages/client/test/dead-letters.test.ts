import { ApiError } from "@quickcard/client";
import { expect, test } from "vitest";
import { failure } from "./fixtures/failure.ts";
import {
  contactId,
  refusal,
  type ScriptedAnswer,
  sentMessage,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";

const base = "/api/v2/conversations/messaging";
const one = `${base}/contacts/${contactId}/messages/${sentMessage.id}`;
const cutOff: ScriptedAnswer = (response) => response.destroy();
const found = { status: 200, json: sentMessage };

test("finds messages over all contacts by status", async () => {
  const page = (nextUri?: string) => ({
    status: 200,
    json: { entities: [sentMessage], pageSize: 1, nextUri },
  });
  const next = `${base}/messages?status=failed%2Cunknown&after=x`;
  await using api = await startContactsApi({ answers: [page(), page(next), page()] });
  const { messages } = api.client();

  await messages.find({ contactId, pageSize: 1 });
  const ids: string[] = [];
  for await (const { id } of messages.findAll({ statuses: ["failed", "unknown"] })) ids.push(id);

  expect(ids).toEqual([sentMessage.id, sentMessage.id]);
  expect(api.apiRequests.map(({ path }) => path)).toEqual([
    `${base}/messages?contactId=${contactId}&pageSize=1`,
    `${base}/messages?status=failed%2Cunknown`,
    next,
  ]);
});

test("sends messages again, takes them back and drops them, one or many", async () => {
  const count = { status: 200, json: { count: 3 } };
  await using api = await startContactsApi({ answers: [found, found, { status: 204 }, count, count] });
  const { messages } = api.client();

  await messages.retry(contactId, sentMessage.id);
  await messages.cancel(contactId, sentMessage.id);
  await messages.drop(contactId, sentMessage.id);
  await messages.retryMany({ statuses: ["failed"], limit: 3 });
  const dropped = await messages.dropMany();

  expect(dropped).toEqual({ count: 3 });
  expect(api.apiRequests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    `POST ${one}/retry `,
    `POST ${one}/cancel `,
    `DELETE ${one} `,
    `POST ${base}/messages/retry {"statuses":["failed"],"limit":3}`,
    `POST ${base}/messages/drop {}`,
  ]);
});

test("takes a change for done where the answer to an attempt before was lost", async () => {
  const answers = [cutOff, refusal(409, "message.state"), found];
  await using retried = await startContactsApi({ answers });
  await using dropped = await startContactsApi({ answers: [cutOff, refusal(404, "not.found")] });

  await expect(retried.client().messages.retry(contactId, sentMessage.id)).resolves.toEqual(sentMessage);
  await expect(dropped.client().messages.drop(contactId, sentMessage.id)).resolves.toBeUndefined();
});

test("says what state a message is in that cannot be changed", async () => {
  await using api = await startContactsApi({
    answers: [refusal(409, "message.state", "The message is sent.")],
  });

  const error = await failure(api.client().messages.cancel(contactId, sentMessage.id));

  expect(ApiError.is(error)).toBe(true);
  expect(error).toMatchObject({ apiCode: "message.state", retryable: false, fate: "not_applied" });
  expect(api.apiRequests).toHaveLength(1);
});

test("calls a selection that is refused no invalid message", async () => {
  await using api = await startContactsApi({ answers: [refusal(400, "invalid.value")] });

  expect(await failure(api.client().messages.retryMany({ limit: 0 }))).toMatchObject({ code: "api_error" });
});
