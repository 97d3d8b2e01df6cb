import { enumerations, stoppedTime } from "@quickcard/emulator";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wireArbitrary, wireContent } from "../../../testing/wire-arbitrary.ts";
import { findFaults } from "../src/wire/find-faults.ts";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let conversationId: string;
let sentId: string;

beforeAll(async () => {
  organisation = await startOrganisation({
    time: stoppedTime(new Date("2026-01-01T00:00:00Z")),
    rateLimitPerMinute: 1_000_000,
  });
  conversationId = await organisation.say("Hello");
  sentId = organisation.emulator.agent().send(conversationId, "Hi").id;
});

afterAll(() => organisation.close());

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });

test.each(enumerations.ContentType)("%s leaves on the webhook, and is read back, as a bot said it", (type) =>
  fc.assert(
    fc.asyncProperty(
      text,
      fc.array(wireContent(type), { minLength: 1, maxLength: 2 }),
      async (words, content) => {
        const { emulator, middleware, callApi } = organisation;
        const reply = { type: "Structured", text: words, content };
        const said = await callApi("POST", `/emulator/conversations/${conversationId}/bot-messages`, {
          reply,
        });
        expect(said.status).toBe(200);
        await emulator.settled();

        expect(middleware.received.at(-1)?.body).toMatchObject(reply);
        const path = `/api/v2/conversations/messages/${conversationId}/messages/${said.body.id}`;
        const { body } = await callApi("GET", path);
        expect(body.normalizedMessage.content).toEqual(content);
        expect(findFaults("MessageData", body)).toEqual([]);
      },
    ),
    { numRuns: 8 },
  ),
);

const from = wireArbitrary("OpenMessagingFromRecipient", { id: fc.constant("cust-42") });
const time = fc.constant("2026-01-01T00:00:00.000Z");
const inboundBodies = {
  message: wireArbitrary("OpenInboundNormalizedMessage", {
    channel: wireArbitrary("OpenInboundMessageMessagingChannel", { from, time, messageId: fc.uuid() }),
    text,
    content: fc.array(wireArbitrary("OpenInboundMessageContent"), { maxLength: 1 }),
  }),
  "structured/response": wireArbitrary("OpenInboundStructuredResponseMessage", {
    channel: wireArbitrary("OpenInboundMessageMessagingChannel", { from, time, messageId: fc.uuid() }),
    originatingMessageId: fc.constant("the message sent"),
  }),
  event: wireArbitrary("OpenInboundNormalizedEvent", {
    channel: wireArbitrary("OpenInboundMessagingChannel", { from, time }),
  }),
  receipt: wireArbitrary("OpenInboundNormalizedReceipt", { id: fc.constant("the message sent") }),
};

/** What an answer has of a request, each under the names of the answer's model. */
const answered: Record<keyof typeof inboundBodies, (body: Record<string, unknown>) => object> = {
  message: ({ text, metadata }) => ({ type: "Text", text, ...(metadata === undefined ? {} : { metadata }) }),
  "structured/response": ({ buttonResponse, originatingMessageId }) => {
    const { id: _, ...response } = buttonResponse as { id?: string };
    return {
      type: "Structured",
      content: [{ contentType: "ButtonResponse", buttonResponse: { ...response, originatingMessageId } }],
    };
  },
  event: ({ events }) => ({
    type: "Event",
    events: (events as object[]).map((event) => expect.objectContaining(event)),
  }),
  receipt: ({ id, status, reasons }) => ({
    id,
    type: "Receipt",
    status,
    ...(reasons === undefined ? {} : { reasons }),
  }),
};

const answerModels = {
  message: "OpenMessageNormalizedMessage",
  "structured/response": "OpenStructuredResponseNormalizedMessage",
  event: "OpenEventNormalizedMessage",
  receipt: "OpenReceiptNormalizedMessage",
} as const;

test.each(Object.keys(inboundBodies) as (keyof typeof inboundBodies)[])(
  "any body of inbound/open/%s that its model allows is taken, and answered with what it said",
  (route) =>
    fc.assert(
      fc.asyncProperty(inboundBodies[route], async (generated) => {
        const references = { id: sentId, originatingMessageId: sentId };
        const known = Object.entries(references).filter(([key]) => key in generated);
        const body = { ...generated, ...Object.fromEntries(known) };
        const { callApi, integrationId } = organisation;
        const path = `/api/v2/conversations/messages/${integrationId}/inbound/open/${route}`;

        const answer = await callApi("POST", path, body);

        expect([answer.status, answer.body]).toEqual([200, expect.objectContaining(answered[route](body))]);
        expect(findFaults(answerModels[route], answer.body)).toEqual([]);
      }),
      { numRuns: 40 },
    ),
);

const deprecatedChannel = {
  to: wireArbitrary("OpenMessagingToRecipient", { id: fc.constant("the integration") }),
  from: wireArbitrary("OpenMessagingFromRecipient", { id: fc.constant("the integration") }),
  time,
};
const deprecatedBodies = {
  Text: wireArbitrary("OpenNormalizedMessage", {
    type: fc.constant("Text"),
    channel: wireArbitrary("OpenMessagingChannel", { ...deprecatedChannel, from, messageId: fc.uuid() }),
    text,
    content: fc.array(wireArbitrary("OpenMessageContent"), { maxLength: 1 }),
  }),
  Receipt: wireArbitrary("OpenNormalizedMessage", {
    type: fc.constant("Receipt"),
    channel: wireArbitrary("OpenMessagingChannel", deprecatedChannel),
    id: fc.constant("the message sent"),
    status: fc.constantFrom(...enumerations.MessageStatusName),
  }),
};

test.each(Object.keys(deprecatedBodies) as (keyof typeof deprecatedBodies)[])(
  "any %s that the deprecated inbound/open allows is taken, and answered with what it said",
  (type) =>
    fc.assert(
      fc.asyncProperty(deprecatedBodies[type], async (generated) => {
        const { callApi, integrationId } = organisation;
        const filled = JSON.stringify(generated)
          .replaceAll("the integration", integrationId)
          .replaceAll("the message sent", sentId);
        const body = JSON.parse(filled);

        const answer = await callApi("POST", "/api/v2/conversations/messages/inbound/open", body);

        const { text, content, status, reasons } = body;
        const said = type === "Text" ? { text, content } : { id: sentId, status, reasons };
        expect(answer.body).toMatchObject({ type, ...JSON.parse(JSON.stringify(said)) });
        expect(findFaults("OpenNormalizedMessage", answer.body)).toEqual([]);
      }),
      { numRuns: 40 },
    ),
);

test("what a program sends without an agent is answered in the platform's shape", async () => {
  const { callApi, integrationId } = organisation;
  const { body } = await callApi("POST", "/api/v2/conversations/messages/agentless", {
    fromAddress: integrationId,
    toAddress: "cust-42",
    toAddressMessengerType: "open",
    textBody: "Hi",
  });

  expect(findFaults("SendAgentlessOutboundMessageResponse", body)).toEqual([]);
});
