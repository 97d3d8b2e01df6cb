import { stoppedTime } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inbound, startOrganisation } from "./start-emulator.ts";

const path = "/api/v2/conversations/messaging/supportedcontent";
const integrations = "/api/v2/conversations/messaging/integrations";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let profileId: string;

beforeEach(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  const { callApi, integrationId } = organisation;
  const { body } = await callApi("POST", path, {
    name: "Pictures",
    mediaTypes: { allow: { inbound: [{ type: "image/*" }], outbound: [{ type: "image/png" }] } },
  });
  profileId = body.id;
  await callApi("PATCH", `${integrations}/open/${integrationId}`, {
    name: "Shop",
    supportedContent: { id: profileId },
  });
});

afterEach(() => organisation.close());

const attachment = (mime: string) => ({ mediaType: "File", url: "https://example.com/a", mime });

test.each([
  ["image/jpeg", 1],
  ["IMAGE/PNG; q=1", 1],
  ["application/pdf", 0],
])("a customer's %s comes in, or is left out", async (mime, count) => {
  const { callApi, integrationId } = organisation;
  const { status, body } = await callApi(
    "POST",
    `/api/v2/conversations/messages/${integrationId}/inbound/open/message`,
    { ...inbound(), text: "See", content: [{ attachment: attachment(mime) }] },
  );

  expect([status, body.text, body.content.length]).toEqual([200, "See", count]);
});

test("an agent's picture goes out; another kind stops the whole message", async () => {
  const { emulator, middleware, say, callApi } = organisation;
  const conversationId = await say("Hello");
  const agent = emulator.agent();

  const picture = agent.sendFile(conversationId, { name: "a.png", data: Buffer.from("a") });
  const stopped = agent.sendFile(conversationId, { name: "a.jpg", data: Buffer.from("a") });
  await emulator.settled();

  expect(middleware.received.map(({ body }) => body.id)).toEqual([picture.id]);
  const { body } = await callApi("GET", `/api/v2/conversations/messages/${stopped.id}/details`);
  expect(body.status).toBe("failed");
  const { body: conversation } = await callApi("GET", `/api/v2/conversations/messages/${conversationId}`);
  const details = conversation.participants.flatMap(({ messages }: { messages: object[] }) => messages);
  expect(details).toContainEqual(
    expect.objectContaining({
      messageId: stopped.id,
      errorInfo: expect.objectContaining({ code: "MediaTypeNotAllowed" }),
    }),
  );
});

test("a profile without types lets no media through", async () => {
  const { callApi, emulator, middleware, say } = organisation;
  await callApi("PATCH", `${path}/${profileId}`, { name: "Nothing", mediaTypes: {} });
  emulator.agent().sendFile(await say("Hello"), { name: "a.png", data: Buffer.from("a") });
  await emulator.settled();

  expect(middleware.received).toEqual([]);
});

test("the default profile is for new integrations alone, and what is used stays", async () => {
  const { callApi, middleware } = organisation;
  const { body: first } = await callApi("GET", `${path}/default`);
  const { body: other } = await callApi("POST", path, { name: "Other" });
  expect((await callApi("PUT", `${path}/default`, { id: other.id })).body.name).toBe("Other");

  const { body: created } = await callApi("POST", `${integrations}/open`, {
    name: "Till",
    outboundNotificationWebhookUrl: middleware.url,
    outboundNotificationWebhookSignatureSecretToken: "longer than fifteen characters",
  });

  expect(created.supportedContent).toEqual({ id: other.id });
  const { body: listed } = await callApi("GET", `${integrations}?supportedContentId=${profileId}`);
  expect(listed).toMatchObject({ total: 1, entities: [{ name: "Shop", messengerType: "open" }] });
  expect(listed.entities[0]).not.toHaveProperty("outboundNotificationWebhookSignatureSecretToken");
  const statuses = [other.id, profileId, first.id].map(async (id) => {
    const { status } = await callApi("DELETE", `${path}/${id}`);
    return status;
  });
  expect(await Promise.all(statuses)).toEqual([409, 409, 204]);
  expect((await callApi("GET", path)).body.total).toBe(2);
});
