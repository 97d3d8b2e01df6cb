import { expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { describeOnEachStore } from "./describe-on-each-store.ts";
import { meetCustomer, saidBy, untilShown } from "./meet-customer.ts";

describeOnEachStore((start) => {
  test("that a message cannot be shown is told also where the platform errs and the gateway stops meanwhile", async () => {
    await using linked = await start();
    const { conversationId } = await meetCustomer(linked);
    const { faults, wireLog } = linked.emulator;
    faults.add({ on: "request", kind: "status", status: 503 });
    const { id } = linked.agent.sendAsBot(conversationId, {
      type: "Structured",
      content: [{ contentType: "Reactions", reactions: [{ count: 1 }] }],
    } as never);
    await waitUntil(async () => wireLog.after(0).some(({ status }) => status === 503));

    await linked.restart();
    faults.clear();

    await waitUntil(async () =>
      linked.agent
        .messages(conversationId)
        .some((message) => message.id === id && message.status === "delivery-failed"),
    );
  });

  test("with a share of everything failing, each message arrives once and in order, both ways", async () => {
    await using linked = await start({
      emulator: { webhookPolicy: { retryDelayMs: 20, retries: 50 } },
    });
    const { emulator, agent } = linked;
    const { customer, conversationId } = await meetCustomer(linked);
    emulator.faults.add({ on: "request", kind: "drop", when: "after", probability: 0.05 });
    emulator.faults.add({ on: "request", kind: "status", status: 500, when: "after", probability: 0.03 });
    emulator.faults.add({
      on: "request",
      kind: "status",
      status: 429,
      retryAfterSeconds: 1,
      probability: 0.02,
    });
    emulator.faults.add({ on: "webhook", kind: "drop", when: "after", probability: 0.05 });
    emulator.faults.add({ on: "webhook", kind: "duplicate", probability: 0.1 });
    const words = Array.from({ length: 20 }, (_, n) => `message ${n}`);

    for (const text of words) await customer.write(text);
    for (const text of words) agent.send(conversationId, text);

    const shown = await untilShown(customer, words.length);
    expect(shown.map(({ content }) => "text" in content && content.text)).toEqual(words);
    await waitUntil(async () => saidBy(linked, conversationId, "inbound").length > words.length);
    expect(saidBy(linked, conversationId, "inbound").map(({ text }) => text)).toEqual(["Hello", ...words]);
  });

  test("what was refused for the quota is told again without a search for it", async () => {
    await using linked = await start();
    const { customer, conversationId } = await meetCustomer(linked);
    const { faults, wireLog } = linked.emulator;
    faults.add({ on: "request", kind: "status", status: 429, retryAfterSeconds: 1, times: 3 });

    await customer.write("Are you there?");
    await waitUntil(async () => saidBy(linked, conversationId, "inbound").length === 2);

    const searches = wireLog.after(0).filter(({ url }) => /messages\/bulk|details\/query/.test(url));
    expect(searches).toEqual([]);
  });

  test("what may have been told before the gateway stopped is told once its settling time is over", async () => {
    await using linked = await start({ link: { policy: { settleMs: 1500 } } });
    const { customer, conversationId } = await meetCustomer(linked);
    const { wireLog } = linked.emulator;
    linked.emulator.faults.add({ on: "request", kind: "status", status: 429, retryAfterSeconds: 1 });
    await customer.write("Are you there?");
    await waitUntil(async () => wireLog.after(0).some(({ status }) => status === 429));

    await linked.restart();
    linked.emulator.faults.clear();

    await waitUntil(async () => saidBy(linked, conversationId, "inbound").length === 2);
  });
});
