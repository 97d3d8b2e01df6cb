import { createEmulator, type Emulator } from "@quickcard/emulator";
import untypedClient from "purecloud-platform-client-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Middleware, startMiddleware, webhookSecret } from "./start-emulator.ts";

// biome-ignore lint/suspicious/noExplicitAny: its types describe an ES module, its package is CommonJS
const platformClient = untypedClient as any;

let emulator: Emulator;
let middleware: Middleware;
let integrationId: string;

const conversations = () => new platformClient.ConversationsApi();
const channel = (messageId: string) => ({
  messageId,
  from: { id: "cust-42", idType: "Opaque", nickname: "Bob" },
  time: "2026-01-01T00:00:00.000Z",
});

beforeAll(async () => {
  emulator = await createEmulator({ integrationCreationMs: 50 });
  await emulator.listen({ port: 0 });
  middleware = await startMiddleware();
  const { protocol, hostname, port } = new URL(emulator.url);
  const client = platformClient.ApiClient.instance;
  client.setGateway({
    host: hostname,
    protocol: protocol.slice(0, -1),
    port: Number(port),
    path_params_login: "login",
  });
  const { id, secret } = emulator.createClient();
  await client.loginClientCredentialsGrant(id, secret);
});

afterAll(async () => {
  await emulator.close();
  await middleware.close();
});

test("a token is checked", async () => {
  await expect(new platformClient.TokensApi().getTokensMe()).resolves.toMatchObject({
    OAuthClient: { id: expect.any(String) },
  });
});

test("an integration is created, and is complete after a while", async () => {
  const created = await conversations().postConversationsMessagingIntegrationsOpen({
    name: "Shop",
    outboundNotificationWebhookUrl: middleware.url,
    outboundNotificationWebhookSignatureSecretToken: webhookSecret,
  });
  expect(created).toMatchObject({ createStatus: "Initiated", name: "Shop" });

  await emulator.clock.advance(50);

  integrationId = created.id;
  await expect(
    conversations().getConversationsMessagingIntegrationsOpenIntegrationId(integrationId),
  ).resolves.toMatchObject({ createStatus: "Completed" });
});

test("a customer writes, an agent answers, the customer taps and a receipt comes", async () => {
  const message = await conversations().postConversationsMessageInboundOpenMessage(
    integrationId,
    { channel: channel("prov-1"), text: "Hello" },
    { prefetchConversationId: true },
  );
  expect(message).toMatchObject({ type: "Text", text: "Hello", channel: { platform: "Open" } });

  const { conversationId } = message;
  const agent = emulator.agent();
  agent.answer(conversationId);
  const conversation = await conversations().getConversation(conversationId);
  const own = conversation.participants.find(({ purpose }: { purpose: string }) => purpose === "agent");
  const sent = await conversations().postConversationsMessageCommunicationMessages(
    conversationId,
    own.messages[0].id,
    { textBody: "Hi Bob" },
  );
  await emulator.settled();
  expect(middleware.received.at(-1)?.body).toMatchObject({ id: sent.id, text: "Hi Bob" });

  await expect(
    conversations().postConversationsMessageInboundOpenStructuredResponse(integrationId, {
      channel: channel("prov-2"),
      buttonResponse: { type: "QuickReply", text: "Yes", payload: "yes" },
      originatingMessageId: sent.id,
    }),
  ).resolves.toMatchObject({ type: "Structured", content: [{ contentType: "ButtonResponse" }] });
  await expect(
    conversations().postConversationsMessageInboundOpenReceipt(integrationId, {
      id: sent.id,
      channel: { to: { id: "cust-42" }, time: "2026-01-01T00:00:00.000Z" },
      status: "Delivered",
      isFinalReceipt: true,
    }),
  ).resolves.toMatchObject({ type: "Receipt", status: "Delivered" });
  await expect(
    conversations().postConversationsMessageInboundOpenEvent(integrationId, {
      channel: channel("prov-3"),
      events: [{ eventType: "Typing" }],
    }),
  ).resolves.toMatchObject({ type: "Event" });

  const { entities } = await conversations().postConversationsMessageMessagesBulk(conversationId, {
    body: [message.id, sent.id],
  });
  expect(entities).toMatchObject([
    { direction: "inbound", status: "received" },
    { direction: "outbound", status: "delivery-success", normalizedMessage: { text: "Hi Bob" } },
  ]);
});

test("a program writes without an agent, and the integration hears of it", async () => {
  const answer = await conversations().postConversationsMessagesAgentless({
    fromAddress: integrationId,
    toAddress: "cust-42",
    toAddressMessengerType: "open",
    textBody: "Your order is on its way",
    useExistingActiveConversation: true,
  });

  await emulator.settled();
  expect(middleware.received.at(-1)?.body).toMatchObject({
    id: answer.id,
    conversationId: answer.conversationId,
    type: "Text",
    text: "Your order is on its way",
    direction: "Outbound",
  });
});

test("a conversation is read, ended, and found by analytics", async () => {
  const { conversationId } = await conversations().postConversationsMessageInboundOpenMessage(
    integrationId,
    { channel: channel("prov-9"), text: "Are you there?" },
    { prefetchConversationId: true },
  );
  await expect(conversations().getConversationsMessage(conversationId)).resolves.toMatchObject({
    participants: [{ purpose: "customer", state: "connected" }, expect.anything(), expect.anything()],
  });

  await conversations().patchConversationsMessage(conversationId, { state: "disconnected" });

  const ended = await conversations().getConversationsMessage(conversationId);
  expect(ended.participants.every(({ state }: { state: string }) => state === "disconnected")).toBe(true);
  const yesterday = new Date(emulator.clock.now() - 86_400_000).toISOString();
  const tomorrow = new Date(emulator.clock.now() + 86_400_000).toISOString();
  await expect(
    new platformClient.AnalyticsApi().postAnalyticsConversationsDetailsQuery({
      interval: `${yesterday}/${tomorrow}`,
      conversationFilters: [
        { type: "and", predicates: [{ dimension: "conversationId", value: conversationId }] },
      ],
      segmentFilters: [{ type: "and", predicates: [{ dimension: "addressFrom", value: "cust-42" }] }],
      aggregations: [{ type: "termFrequency", dimension: "messageType" }],
    }),
  ).resolves.toMatchObject({
    totalHits: 1,
    aggregations: [{ results: [{ value: "open", count: 1 }] }],
    conversations: [{ conversationId, conversationEnd: expect.any(String) }],
  });
});

test("a conversation is listed, parked, passed on, ended and wrapped up", async () => {
  const { conversationId } = await conversations().postConversationsMessageInboundOpenMessage(
    integrationId,
    { channel: channel("prov-11"), text: "My bill, please" },
    { prefetchConversationId: true },
  );
  const eve = emulator.createAgent({ name: "Eve" });
  emulator.agent("Agent").answer(conversationId);
  const latest = async () =>
    (await conversations().getConversationsMessage(conversationId)).participants.at(-1);
  const { id } = await latest();
  await conversations().patchConversationsMessageParticipantParkingstate(conversationId, id, {
    state: "parked",
  });
  await expect(conversations().getConversationsMessages()).resolves.toMatchObject({
    entities: expect.arrayContaining([
      expect.objectContaining({
        id: conversationId,
        participants: expect.arrayContaining([expect.objectContaining({ id, state: "parked" })]),
      }),
    ]),
  });

  await conversations().postConversationsMessageParticipantReplace(conversationId, id, { userId: eve.id });
  const passedOn = await latest();
  expect(passedOn).toMatchObject({ state: "alerting", user: { id: eve.id } });
  await conversations().deleteConversation(conversationId);

  const [code] = await conversations().getConversationsMessageParticipantWrapupcodes(
    conversationId,
    passedOn.id,
  );
  const communicationId = (await conversations().getConversation(conversationId)).participants.at(-1)
    .messages[0].id;
  await conversations().postConversationsMessageParticipantCommunicationWrapup(
    conversationId,
    passedOn.id,
    communicationId,
    { body: { code: code.id, notes: "Paid" } },
  );
  await expect(
    conversations().getConversationsMessageParticipantWrapup(conversationId, passedOn.id),
  ).resolves.toMatchObject({ code: code.id, notes: "Paid" });
});

test("analytics are asked for by job", async () => {
  const analytics = new platformClient.AnalyticsApi();
  const day = 86_400_000;
  const [from, to] = [-day, day].map((ms) => new Date(emulator.clock.now() + ms).toISOString());
  const { jobId } = await analytics.postAnalyticsConversationsDetailsJobs({ interval: `${from}/${to}` });
  await emulator.clock.advance(1000);

  await expect(analytics.getAnalyticsConversationsDetailsJob(jobId)).resolves.toMatchObject({
    state: "FULFILLED",
  });
  const { conversations: found } = await analytics.getAnalyticsConversationsDetailsJobResults(jobId, {
    pageSize: 10,
  });
  expect(found.length).toBeGreaterThan(0);
  const ids = found.map(({ conversationId }: { conversationId: string }) => conversationId);
  await expect(analytics.getAnalyticsConversationsDetails({ id: ids })).resolves.toMatchObject({
    conversations: ids.map((conversationId: string) => ({ conversationId })),
  });
  await expect(analytics.getAnalyticsConversationsDetailsJobsAvailability()).resolves.toMatchObject({
    dataAvailabilityDate: expect.any(String),
  });
  await analytics.deleteAnalyticsConversationsDetailsJob(jobId);
});

test("an agent's file is uploaded, checked and sent", async () => {
  const { conversationId } = await conversations().postConversationsMessageInboundOpenMessage(
    integrationId,
    { channel: channel("prov-10"), text: "A receipt, please" },
    { prefetchConversationId: true },
  );
  emulator.agent().answer(conversationId);
  const { participants } = await conversations().getConversation(conversationId);
  const communicationId = participants.at(-1).messages[0].id;
  const data = Buffer.from("%PDF-1.7");
  const upload = await conversations().postConversationsMessageCommunicationMessagesMediaUploads(
    conversationId,
    communicationId,
    { fileName: "receipt.pdf", contentLengthBytes: data.length },
  );
  await fetch(upload.uploadUrl, { method: "PUT", headers: upload.uploadHeaders, body: data });
  await expect(
    conversations().getConversationsMessageCommunicationMessagesMediaMediaId(
      conversationId,
      communicationId,
      upload.id,
    ),
  ).resolves.toMatchObject({ status: "valid", mediaType: "application/pdf" });
  await expect(
    conversations().getConversationsMessageCommunicationMessagesMedia(conversationId, communicationId, {
      status: "valid",
    }),
  ).resolves.toMatchObject({ total: 1, entities: [{ id: upload.id }] });

  await conversations().postConversationsMessageCommunicationMessages(conversationId, communicationId, {
    mediaIds: [upload.id],
  });

  await emulator.settled();
  const { attachment } = middleware.received.at(-1)?.body.content[0] ?? {};
  expect(attachment).toMatchObject({ mediaType: "File", filename: "receipt.pdf" });
  expect(await (await fetch(attachment.url)).text()).toBe("%PDF-1.7");
});

test("profiles of supported content are made, and recipients and media are listed", async () => {
  const profile = await conversations().postConversationsMessagingSupportedcontent({
    name: "Pictures",
    mediaTypes: { allow: { inbound: [{ type: "image/*" }], outbound: [] } },
  });
  await expect(
    conversations().getConversationsMessagingSupportedcontentSupportedContentId(profile.id),
  ).resolves.toMatchObject({ name: "Pictures", version: 1 });
  await conversations().deleteConversationsMessagingSupportedcontentSupportedContentId(profile.id);
  await expect(conversations().getConversationsMessagingIntegrations()).resolves.toMatchObject({
    entities: [{ id: integrationId, messengerType: "open" }],
  });
  await expect(new platformClient.RoutingApi().getRoutingMessageRecipients()).resolves.toMatchObject({
    entities: [{ id: integrationId, messengerType: "open" }],
  });
});

test("channels are verified, and their topics are the listed ones", async () => {
  const notifications = new platformClient.NotificationsApi();
  const { id } = await notifications.postNotificationsChannels();
  await expect(notifications.headNotificationsChannel(id)).resolves.not.toThrow();
  const unknown = notifications.headNotificationsChannel("none");
  await expect(
    unknown.then(
      () => "is there",
      () => "is not there",
    ),
  ).resolves.toBe("is not there");
  const { entities } = await notifications.getNotificationsAvailabletopics();
  const topics = entities.map((topic: { id: string }) => ({ id: topic.id.replace("{id}", integrationId) }));
  const subscribed = await notifications.putNotificationsChannelSubscriptions(id, topics);
  expect(subscribed.entities.map(({ state }: { state: string }) => state)).toEqual(
    topics.map(() => "Permitted"),
  );
  await notifications.deleteNotificationsChannelSubscriptions(id);
});

test("default settings, threading and identity resolution are read and set", async () => {
  const setting = await conversations().postConversationsMessagingSettings({
    name: "Typing",
    event: { typing: { on: { outbound: "Enabled" } } },
  });
  await expect(conversations().getConversationsMessagingSettingsDefault()).rejects.toMatchObject({
    status: 404,
  });
  await conversations().putConversationsMessagingSettingsDefault({ settingId: setting.id });
  await expect(conversations().getConversationsMessagingSettingsDefault()).resolves.toMatchObject({
    id: setting.id,
    name: "Typing",
  });
  await conversations().deleteConversationsMessagingSettingsDefault();
  await expect(conversations().getConversationsMessagingSettingsDefault()).rejects.toMatchObject({
    status: 404,
  });

  const timeline = {
    settings: [{ messengerType: "open", timeoutInMinutes: 60 }],
    defaultTimeoutMinutes: 4320,
  };
  await expect(conversations().getConversationsMessagingThreadingtimeline()).resolves.toEqual({
    settings: [],
    defaultTimeoutMinutes: 4320,
  });
  await conversations().putConversationsMessagingThreadingtimeline(timeline);
  await expect(conversations().getConversationsMessagingThreadingtimeline()).resolves.toEqual(timeline);

  const name = "ConversationsMessagingIdentityresolutionIntegrationsOpenIntegrationId";
  await expect(conversations()[`get${name}`](integrationId)).resolves.toMatchObject({
    resolveIdentities: false,
  });
  await conversations()[`put${name}`](integrationId, { resolveIdentities: true });
  await expect(conversations()[`get${name}`](integrationId)).resolves.toMatchObject({
    resolveIdentities: true,
  });
});

test("bots of a legacy connector are registered and listed", async () => {
  const integrations = new platformClient.IntegrationsApi();
  const chatBots = [
    { id: "menu", name: "Menu", versions: [{ version: "1", supportedLanguages: ["en-us"], intents: [] }] },
  ];
  await integrations.putIntegrationsBotconnectorIntegrationIdBots(integrationId, { chatBots });

  await expect(integrations.getIntegrationsBotconnectorIntegrationIdBots(integrationId)).resolves.toEqual({
    chatBots,
  });
  await expect(
    integrations.getIntegrationsBotconnectorIntegrationIdBotVersions(integrationId, "menu"),
  ).resolves.toMatchObject({ entities: [{ id: "menu", version: "1" }] });
});

test("addresses are listed, and integrations changed and deleted", async () => {
  await expect(new platformClient.UtilitiesApi().getIpranges()).resolves.toMatchObject({
    entities: expect.arrayContaining([expect.objectContaining({ service: "open-messaging" })]),
  });
  await expect(
    conversations().patchConversationsMessagingIntegrationsOpenIntegrationId(integrationId, { name: "Till" }),
  ).resolves.toMatchObject({ name: "Till", outboundNotificationWebhookUrl: middleware.url });
  await expect(conversations().getConversationsMessagingIntegrationsOpen()).resolves.toMatchObject({
    total: 1,
    entities: [{ id: integrationId, name: "Till" }],
  });

  await conversations().deleteConversationsMessagingIntegrationsOpenIntegrationId(integrationId);

  await expect(
    conversations().getConversationsMessagingIntegrationsOpenIntegrationId(integrationId),
  ).rejects.toMatchObject({ status: 404 });
});
