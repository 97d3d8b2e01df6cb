import { text, type WhatsAppTemplate } from "@quickcard/content";
import { expect, test } from "vitest";
import { whatsAppCase } from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";
import { startChannelWorld } from "./channel-conformance/channel-world.ts";
import { embeddedStores, memoryStore } from "./channel-conformance/test-stores.ts";

describeChannel(whatsAppCase, embeddedStores);

const template: WhatsAppTemplate = {
  name: "order",
  language: "en_US",
  body: ["17", "Ada"],
  buttons: [{ payload: "track_17" }],
};

test.each(embeddedStores)(
  "on $name a template goes out where the window is closed, and its button comes back",
  async (kind) => {
    await using world = await startChannelWorld(whatsAppCase, kind);
    const contact = await world.client.contacts.create({ channel: "whatsapp", address: "+49 151 12345678" });
    const send = {
      type: "message",
      content: text("Order 17"),
      adaptation: { whatsappTemplate: template },
    } as const;

    const sent = await world.sendThrough(contact, send, ["delivered"]);
    const [shown] = world.standIn.received();
    expect(shown?.shown.texts).toEqual(["Order 17 for Ada"]);
    world.customer().tap(shown?.id ?? "", shown?.shown.choices[0]?.id ?? "");
    await world.standIn.settled();

    expect(await world.inbound(contact)).toEqual([
      {
        type: "tap",
        kind: "quick-reply",
        messageId: sent.id,
        choice: 0,
        label: "Track it",
        value: "track_17",
      },
    ]);
    // The tap has opened the window: the content itself goes out now.
    await world.sendThrough(contact, send, ["delivered"]);
    expect(world.standIn.received().at(-1)?.shown.texts).toEqual(["Order 17"]);
  },
);

test("a template that WhatsApp does not know fails, and says so", async () => {
  await using world = await startChannelWorld(whatsAppCase, memoryStore);
  const contact = await world.client.contacts.create({ channel: "whatsapp", address: whatsAppCase.address });
  const adaptation = { whatsappTemplate: { ...template, name: "unknown" } };
  const failed = await world.sendThrough(contact, { type: "message", content: text("Order 17"), adaptation });
  expect(failed).toMatchObject({ status: "failed", reason: expect.stringContaining("132001") });
});
