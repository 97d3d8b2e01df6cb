import { enumerations } from "@quickcard/emulator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wireArbitrary, wireContent } from "../../../testing/wire-arbitrary.ts";
import recorded from "../../emulator/test/fixtures/recorded-payloads.json" with { type: "json" };
import { toOutboundContents } from "../src/genesys-cloud/webhooks/outbound-content.ts";
import { readWebhook } from "../src/genesys-cloud/webhooks/read-webhook.ts";

const webhooks = [...recorded.outbound, recorded.typing];

describe("a recorded webhook", () => {
  test.each(webhooks.map(({ name, payload }) => [name, payload] as const))(
    "of the kind %s is read whole",
    (_, payload) => {
      expect(readWebhook(JSON.stringify(payload))).toEqual(payload);
    },
  );

  test.each(recorded.outbound.map(({ name, payload }) => [name, payload] as const))(
    "of the kind %s is shown, nothing of it lost",
    (_, payload) => {
      const message = readWebhook(JSON.stringify(payload));
      const { contents, lost } = toOutboundContents(message ?? {}, { allowHttp: false });

      expect(lost).toEqual([]);
      expect(contents.length).toBeGreaterThan(0);
    },
  );
});

test("a webhook of the deprecated shape is read whole", () => {
  const id = fc.uuid();
  const to = wireArbitrary("OpenMessagingToRecipient", { id });
  const from = wireArbitrary("OpenMessagingFromRecipient", { id });
  const required = { id, channel: wireArbitrary("OpenMessagingChannel", { id, to, from }) };
  fc.assert(
    fc.property(wireArbitrary("OpenNormalizedMessage", required), (webhook) => {
      expect(readWebhook(JSON.stringify(webhook))).toEqual(webhook);
    }),
  );
});

/** What the reference's section 3.4 names and a customer of an open channel can be shown. */
const shown = new Set([
  "Attachment",
  "Card",
  "Carousel",
  "DatePicker",
  "ListPicker",
  "Location",
  "Notification",
  "QuickReply",
  "QuickReplyV2",
  "Text",
]);

test.each(enumerations.ContentType)(
  "a webhook with any %s is read whole; it is shown or told as lost",
  (type) => {
    const { channel, ...rest } = recorded.outbound[0]?.payload ?? {};
    fc.assert(
      fc.property(wireContent(type), (content) => {
        const webhook = { ...rest, channel, type: "Structured", content: [content] };
        const message = readWebhook(JSON.stringify(webhook));

        expect(message).toEqual(webhook);
        const { lost } = toOutboundContents(message ?? {}, { allowHttp: false });
        expect(lost).toEqual(shown.has(type) ? [] : [type]);
      }),
      { numRuns: 50 },
    );
  },
);
