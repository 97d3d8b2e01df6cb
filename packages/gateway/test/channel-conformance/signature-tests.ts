import { quickReply } from "@quickcard/client";
import { expect } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { ChannelTest } from "./channel-test.ts";

const menu = quickReply("Select a service department:", [
  { label: "Sales", value: `dept_sales ${"x".repeat(400)}` },
  { label: "Support", value: "dept_support" },
]);

/** A store whose first three inbound messages cannot be written. */
function failingThrice(store: Store): Store {
  let failures = 3;
  return {
    ...store,
    async acceptInbound(message) {
      failures -= 1;
      if (failures >= 0) throw new Error("the disk is full");
      return store.acceptInbound(message);
    },
  };
}

/** Webhooks that are not the vendor's, or come more than once. */
export const signatureTests: readonly ChannelTest[] = [
  {
    subject: "wrong signature",
    name: "a webhook that is not signed, or wrongly, is refused and leaves nothing",
    async run(world) {
      const { signatureHeader, signsBody } = world.channelCase;
      const { contact } = await world.opened();
      const [{ body = "", headers = {} } = {}] = world.standIn.webhooks();
      const signature = headers[signatureHeader] ?? "";
      const post = (more: Record<string, string>, changed = body) =>
        fetch(world.webhookUrl, {
          method: "POST",
          body: changed,
          headers: { ...headers, [signatureHeader]: "", ...more },
        });
      const broken = `${signature.slice(0, -3)}${signature.at(-3) === "a" ? "b" : "a"}${signature.slice(-2)}`;
      const unsigned = await fetch(world.webhookUrl, { method: "POST", body });
      expect(unsigned.status).toBe(401);
      for (const wrong of ["", broken]) {
        const answer = await post({ [signatureHeader]: wrong });
        expect(answer.status).toBe(401);
        expect(await answer.text()).not.toContain("Hello");
      }
      if (signsBody) {
        expect((await post({ [signatureHeader]: signature }, body.replace("Hello", "Hallo"))).status).toBe(
          401,
        );
      }
      expect((await post({ [signatureHeader]: signature })).status).toBe(200);
      expect(await world.inbound(contact)).toHaveLength(1);
    },
  },
  {
    subject: "replayed webhook",
    name: "a webhook that comes again changes nothing",
    async run(world) {
      const { customer, contact } = await world.opened();
      const sent = await world.sendThrough(contact, menu);
      const last = world.standIn.received().at(-1);
      customer.tap(last?.id ?? "", last?.shown.choices[0]?.id ?? "");
      customer.read();
      await world.standIn.settled();
      const before = await world.history(contact);
      const statuses = await world.statuses(contact, sent.id);
      for (let round = 0; round < 3; round += 1) world.standIn.replayWebhooks();
      await world.standIn.settled();
      expect(await world.history(contact)).toEqual(before);
      expect(await world.statuses(contact, sent.id)).toEqual(statuses);
    },
  },
  {
    subject: "replayed webhook",
    name: "what could not be stored is not answered, and comes again",
    store: failingThrice,
    async run(world) {
      const { contact } = await world.opened();
      expect(world.standIn.webhooks().map(({ status }) => status)).toEqual([500, 500, 500, 200]);
      expect(await world.inbound(contact)).toHaveLength(1);
    },
  },
];
