import { type Content, quickReply, text } from "@quickcard/client";
import { expect } from "vitest";
import { sampleConversation } from "../../../../testing/sample-conversation.ts";
import type { ChannelTest } from "./channel-test.ts";

const carousel = sampleConversation("https://example.com").find(({ type }) => type === "carousel") as Content;

/** More than any channel shows as buttons. */
const hundred = quickReply(
  "Which?",
  Array.from({ length: 100 }, (_, n) => ({ label: `No ${n}`, value: `${n}` })),
);

const thirty = quickReply(
  "Which?",
  Array.from({ length: 30 }, (_, n) => ({ label: `Number ${n} of a long list`, value: `${n}` })),
);

/** Messages that a channel cannot show as they are. */
export const adaptationTests: readonly ChannelTest[] = [
  {
    subject: "adaptation",
    name: "a message that asks for no change is refused where one is needed",
    async run(world) {
      const { channel } = world.channelCase;
      const { contact } = await world.opened();
      const before = world.standIn.received().length;
      const strict = (content: Content) =>
        world.client.messages
          .send(contact.id, { type: "message", content, adaptation: { policy: "strict" } })
          .then(
            () => undefined,
            (error: { apiCode?: string }) => error.apiCode,
          );
      const refusals = await Promise.all([hundred, carousel].map(strict));
      expect(refusals).toContain("channel.unsupported");
      const content = refusals[0] === "channel.unsupported" ? hundred : carousel;
      const fallback = text("See our shop: https://example.com");
      const sent = await world.sendThrough(contact, {
        type: "message",
        content,
        adaptation: { policy: "strict", fallbacks: { [channel]: fallback } },
      });
      expect(sent).toMatchObject({ content, notices: [{ code: "fallback_used" }] });
      const shown = world.standIn.received().slice(before);
      expect(shown.flatMap((one) => one.shown.texts)).toContain(fallback.text);
    },
  },
  {
    subject: "adaptation",
    name: "changes are told with the send, and whenever the message is read",
    async run(world) {
      const { contact } = await world.opened();
      const sent = await world.client.messages.send(contact.id, thirty, { idempotencyKey: "k" });
      const again = await world.client.messages.send(contact.id, thirty, { idempotencyKey: "k" });
      expect(sent.notices.length > 0).toBe(world.channelCase.changesThirtyChoices);
      expect(again).toEqual(sent);
      const { notices } = sent;
      expect(await world.client.messages.get(contact.id, sent.id)).toMatchObject({ notices });
      const listed = (await world.history(contact)).find(({ id }) => id === sent.id);
      expect(listed).toMatchObject({ notices });
    },
  },
  {
    subject: "adaptation",
    on: "exempt",
    name: "a message that asks for no change is taken, whatever it is",
    async run(world) {
      const { contact } = await world.opened();
      const adaptation = { policy: "strict" } as const;
      const sent = await world.sendThrough(contact, { type: "message", content: carousel, adaptation });
      expect(sent).toMatchObject({ status: world.arrived, notices: [] });
      expect(world.standIn.received().at(-1)?.body).toEqual(carousel);
    },
  },
];
