import { createHmac } from "node:crypto";
import { type ChannelAdapter, lineChannel, whatsAppChannel } from "@quickcard/gateway";
import { expect, test } from "vitest";

const secret = "the app's secret";

const whatsApp = {
  name: "WhatsApp",
  channel: whatsAppChannel({ phoneNumberId: "1", accessToken: "t", appSecret: secret, verifyToken: "v" }),
  told: (place: object) => ({
    entry: [
      {
        changes: [
          {
            value: {
              messages: [
                { from: "4915112345678", id: "wamid.1", timestamp: "1", type: "location", location: place },
              ],
            },
          },
        ],
      },
    ],
  }),
  sign: (body: string) => ({
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  }),
};

const line = {
  name: "LINE",
  channel: lineChannel({ channelAccessToken: "t", channelSecret: secret }),
  told: (place: object) => ({
    events: [
      {
        type: "message",
        webhookEventId: "01",
        timestamp: 1,
        source: { userId: `U${"0".repeat(32)}` },
        message: { type: "location", id: "1", ...place },
      },
    ],
  }),
  sign: (body: string) => ({
    "x-line-signature": createHmac("sha256", secret).update(body).digest("base64"),
  }),
};

/** What a channel makes of a webhook: the contents that customers sent. */
function contentsOf(channel: ChannelAdapter, body: string, headers: Record<string, string>): unknown[] {
  const read = channel.webhook?.read(new TextEncoder().encode(body), new Headers(headers));
  return read?.ok ? read.news.map((one) => (one.kind === "inbound" ? one.content : one)) : [];
}

test.each([whatsApp, line])(
  "a place without degrees on $name is told by its kind, and not as 0, 0",
  ({ channel, told, sign }) => {
    const places = [
      { latitude: 52.5, longitude: 13.4 },
      {},
      { latitude: 52.5 },
      { latitude: 91, longitude: 0 },
    ];
    const bodies = places.map((place) => JSON.stringify(told(place)));

    const contents = bodies.flatMap((body) => contentsOf(channel, body, sign(body)));

    const untold = { type: "text", text: "[location]" };
    expect(contents).toEqual([{ type: "location", latitude: 52.5, longitude: 13.4 }, untold, untold, untold]);
  },
);
