import { describe, expect } from "vitest";
import { expectAbout, minute, type OpenStore, storeTests } from "./store-world.ts";

export function outcomeTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("sent: keeps the channel's id, ends the attempt and goes on", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const next = await world.message(id);

      await world.sent(await world.claim(), "channel-id");

      expect(await world.outbound(message)).toMatchObject({ status: "sent", channelMessageId: "channel-id" });
      expect(await world.outbound(message)).not.toHaveProperty("reason");
      expect(await store.listAttempts(message.id)).toEqual([
        { number: 1, startedAt: expect.any(Number), endedAt: expect.any(Number), outcome: "applied" },
      ]);
      expect((await world.claim()).message.id).toBe(next.id);
    });

    test("retry_wait: stays at the head of its lane and is tried again when its time has come", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      await world.message(id);
      const first = await world.claim();
      await world.retryLater(first, 10 * minute);
      const waiting = await world.outbound(message);
      const early = await world.claims();

      world.advance(11 * minute);
      const second = await world.claim();
      await world.sent(second);

      expect(waiting).toMatchObject({ status: "retry_wait", reason: "The channel answered 429." });
      expect(early.claims).toEqual([]);
      expectAbout(early.nextInMs, 10 * minute);
      expect(second).toMatchObject({ work: "send", attempt: 2, message: { id: message.id } });
      const [attempt, last] = await store.listAttempts(message.id);
      expect(attempt).toMatchObject({
        number: 1,
        outcome: "not-applied",
        reason: "The channel answered 429.",
      });
      expectAbout((attempt?.nextAt ?? 0) - (attempt?.endedAt ?? 0), 10 * minute);
      expect(last).toMatchObject({ number: 2, outcome: "applied" });
      expect(last).not.toHaveProperty("reason");
      expect(await world.statuses(message)).toEqual(["queued", "sending", "retry_wait", "sending", "sent"]);
      expect(await world.outbound(message)).not.toHaveProperty("reason");
    });

    test("ambiguous: stays at the head and is searched for, counting searches and the time in doubt", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      await world.message(id);
      await world.doubt(await world.claim(), 10 * minute);
      expect((await world.claims()).claims).toEqual([]);

      world.advance(11 * minute);
      const first = await world.claim();
      await world.doubt(first, 10 * minute);
      world.advance(11 * minute);
      const second = await world.claim();
      await world.sent(second, "found");

      expect(first).toMatchObject({
        work: "search",
        attempt: 1,
        searches: 1,
        message: { status: "reconciling" },
      });
      expect(second).toMatchObject({ work: "search", attempt: 1, searches: 2 });
      expectAbout(first.ambiguousForMs - 11 * minute, 2000);
      expectAbout(second.ambiguousForMs - 22 * minute, 2000);
      expect(await world.outbound(message)).toMatchObject({ status: "sent", channelMessageId: "found" });
      expect(await store.listAttempts(message.id)).toMatchObject([{ number: 1, outcome: "ambiguous" }]);
      expect(await world.statuses(message)).toEqual([
        "queued",
        "sending",
        "ambiguous",
        "reconciling",
        "ambiguous",
        "reconciling",
        "sent",
      ]);
    });

    test("begins to count anew once a search has shown that it did not arrive", async (world) => {
      const { id } = await world.contact();
      await world.message(id);
      await world.doubt(await world.claim(), minute);
      world.advance(2 * minute);
      await world.retryLater(await world.claim(), minute);
      world.advance(2 * minute);
      const again = await world.claim();
      await world.doubt(again, minute);
      world.advance(2 * minute);
      const search = await world.claim();

      expect(again).toMatchObject({ work: "send", attempt: 2, searches: 0, ambiguousForMs: 0 });
      expect(search).toMatchObject({ work: "search", attempt: 2, searches: 1 });
      expect(search.ambiguousForMs).toBeLessThan(3 * minute);
    });

    test("goes on with a search whose worker has died", async (world) => {
      const { id } = await world.contact();
      const message = await world.message(id);
      await world.doubt(await world.claim(), 0);
      const first = await world.claim();
      world.advance(2 * minute);

      const second = await world.claim();

      expect(second).toMatchObject({
        work: "search",
        searches: first.searches + 1,
        message: { status: "reconciling" },
      });
      expect(await world.sent(first)).toBe(false);
      expect(await world.sent(second)).toBe(true);
      expect(await world.statuses(message)).toEqual([
        "queued",
        "sending",
        "ambiguous",
        "reconciling",
        "sent",
      ]);
    });

    test("takes what a recovery decides, and notes that the attempt never reported", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      await world.claim();
      world.advance(2 * minute);

      const recovery = await world.claim();
      const reason = "The process that sent it ended.";
      await world.settle(recovery, { status: "ambiguous", reason, afterMs: minute });

      expect(await world.outbound(message)).toMatchObject({ status: "ambiguous", reason });
      expect(await store.listAttempts(message.id)).toMatchObject([
        { number: 1, outcome: "ambiguous", reason },
      ]);
      world.advance(2 * minute);
      expect(await world.claim()).toMatchObject({ work: "search", searches: 1 });
    });

    test("failed and unknown: say why, and let the lane go on", async (world) => {
      const { id } = await world.contact();
      const [failed, unknown, last] = [
        await world.message(id),
        await world.message(id),
        await world.message(id),
      ];

      await world.failed(await world.claim());
      await world.unknown(await world.claim());

      expect(await world.outbound(failed)).toMatchObject({
        status: "failed",
        reason: "The channel answered 400.",
      });
      expect(await world.outbound(unknown)).toMatchObject({ status: "unknown", reason: "No answer came." });
      expect(await world.deliverAll()).toEqual([last.id]);
    });

    test("leaves a contact alone after a message for as long as its channel asks", async (world) => {
      const { id } = await world.contact();
      await world.message(id);
      const second = await world.message(id);
      await world.settle(await world.claim(), { status: "sent", afterMs: 10 * minute }, { kind: "applied" });
      expectAbout((await world.claims()).nextInMs, 10 * minute);
      world.advance(11 * minute);
      expect((await world.claim()).message.id).toBe(second.id);
    });

    test("leaves a contact alone also where the next message arrives later", async (world) => {
      const { id } = await world.contact();
      await world.message(id);
      await world.settle(await world.claim(), { status: "sent", afterMs: 10 * minute }, { kind: "applied" });
      const next = await world.message(id);

      expectAbout((await world.claims()).nextInMs, 10 * minute);
      world.advance(11 * minute);

      expect(await world.deliverAll()).toEqual([next.id]);
    });

    test("word of the channel frees a lane and takes it from its holder", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const next = await world.message(id);
      const holder = await world.claim();

      expect(await store.recordApplied(message.id, "echo")).toBe(true);
      expect(await store.recordApplied(message.id, "again")).toBe(false);
      expect(await world.failed(holder)).toBe(false);

      expect(await world.outbound(message)).toMatchObject({ status: "sent", channelMessageId: "echo" });
      expect(await store.listAttempts(message.id)).toMatchObject([
        { outcome: "applied", endedAt: expect.any(Number) },
      ]);
      expect(await world.deliverAll()).toEqual([next.id]);
    });

    test("word of the channel ends a wait and a doubt", async (world) => {
      const { id } = await world.contact();
      for (const report of [world.retryLater, world.doubt]) {
        const message = await world.message(id);
        await report.call(world, await world.claim(), 10 * minute);

        expect(await world.store.recordApplied(message.id)).toBe(true);

        expect(await world.status(message)).toBe("sent");
        expect(await world.claims()).toEqual({ claims: [], nextInMs: undefined });
      }
    });

    test("word of the channel ends a search and an ignorance", async (world) => {
      const { id } = await world.contact();
      const [unknown, doubtful] = [await world.message(id), await world.message(id)];
      await world.unknown(await world.claim());
      await world.doubt(await world.claim(), 0);
      const search = await world.claim();

      expect(await world.store.recordApplied(unknown.id)).toBe(true);
      expect(await world.store.recordApplied(doubtful.id)).toBe(true);

      expect([await world.status(unknown), await world.status(doubtful)]).toEqual(["sent", "sent"]);
      expect(await world.sent(search)).toBe(false);
    });

    test("does not believe word of a message that was never sent, or is finished", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const failed = await world.message(id);
      await world.failed(await world.claim());
      const queued = await world.message(id);

      expect(await store.recordApplied(queued.id)).toBe(false);
      expect(await store.recordApplied(failed.id)).toBe(false);
      expect(await store.recordApplied("nothing")).toBe(false);
      expect([await world.status(queued), await world.status(failed)]).toEqual(["queued", "failed"]);
    });

    test("moves a message on by receipts and never back", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const [sent, failed] = [await world.message(id), await world.message(id)];
      await world.sent(await world.claim());
      await world.failed(await world.claim());
      const queued = await world.message(id);
      const other = await world.contact();
      const foreign = await world.message(other.id);
      const ids = [sent.id, failed.id, queued.id, foreign.id, "nothing"];

      await store.recordReceipts(id, ids, "read", world.now());
      await store.recordReceipts(id, ids, "delivered", world.now());
      await store.recordReceipts(id, ids, "read", world.now());

      expect(await world.statuses(sent)).toEqual(["queued", "sending", "sent", "read"]);
      expect(await world.statuses(failed)).toEqual(["queued", "sending", "failed"]);
      expect([await world.status(queued), await world.status(foreign)]).toEqual(["queued", "queued"]);
    });

    test("takes a receipt that comes before the answer for the answer", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const next = await world.message(id);
      const holder = await world.claim();

      await store.recordReceipts(id, [message.id], "delivered", world.now());

      expect(await world.sent(holder)).toBe(false);
      expect(await store.recordApplied(message.id)).toBe(false);
      expect(await world.statuses(message)).toEqual(["queued", "sending", "delivered"]);
      expect(await store.listAttempts(message.id)).toMatchObject([
        { outcome: "applied", endedAt: expect.any(Number) },
      ]);
      expect(await world.deliverAll()).toEqual([next.id]);
    });
  });
}
