import { describe, expect } from "vitest";
import {
  expectAbout,
  minute,
  type OpenStore,
  otherChannel,
  type StoreWorld,
  storeTests,
} from "./store-world.ts";

const pace = { allowed: 5, windowMs: 10 * minute };

async function fill(world: StoreWorld, count: number): Promise<void> {
  for (const { id } of await world.contacts(count)) await world.message(id);
}

export function paceTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("claims no more than a window allows, and says when there is more", async (world) => {
      await fill(world, 12);

      const first = await world.claims({ pace });
      const second = await world.claims({ pace });
      world.advance(9 * minute);
      const third = await world.claims({ pace, leaseMs: 100 * minute });
      world.advance(2 * minute);
      const fourth = await world.claims({ pace });

      expect(first.claims).toHaveLength(5);
      expect(second.claims).toEqual([]);
      expectAbout(second.nextInMs, 10 * minute);
      expect(third.claims).toEqual([]);
      expectAbout(third.nextInMs, minute);
      expect(fourth.claims.length).toBeGreaterThan(0);
    });

    test("never lets any window hold more than is allowed", async (world) => {
      await fill(world, 40);
      const claimedAt: number[] = [];
      for (let step = 0; claimedAt.length < 40; step += 1) {
        const { claims } = await world.claims({ pace, limit: 1 + (step % 4), leaseMs: 1000 * minute });
        claimedAt.push(...claims.map(() => world.now()));
        for (const claim of claims) await world.sent(claim);
        world.advance(((step % 3) + 1) * minute);
      }

      for (const from of claimedAt) {
        // A real clock moves a little between a claim and our look at it.
        const inWindow = claimedAt.filter((at) => at >= from && at < from + pace.windowMs - 1000);
        expect(inWindow.length).toBeLessThanOrEqual(pace.allowed);
      }
    });

    test("shares a quota among all who ask at once", async (world) => {
      await fill(world, 30);

      const asked = await Promise.all(Array.from({ length: 10 }, () => world.claims({ pace, limit: 3 })));

      expect(asked.flatMap(({ claims }) => claims)).toHaveLength(5);
    });

    test("keeps the quota of each channel apart, and none where there is no limit", async (world) => {
      await fill(world, 10);
      const there = await world.contact({ channel: otherChannel });
      await world.message(there.id);
      await world.claims({ pace });

      expect((await world.claims({ pace, channel: otherChannel })).claims).toHaveLength(1);
      expect((await world.claims()).claims).toHaveLength(5);
    });

    test("claims nothing while a channel wants quiet, for as long as the longest wish", async (world) => {
      const { store } = world;
      await fill(world, 1);
      await store.reportPace("web", pace, { pauseMs: 10 * minute });
      await store.reportPace("web", pace, { pauseMs: minute });

      const paused = await world.claims({ pace });
      const unpaced = await world.claims();
      world.advance(9 * minute);
      expect((await world.claims({ pace })).claims).toEqual([]);
      world.advance(2 * minute);
      const afterwards = await world.claims({ pace });

      expect(paused.claims).toEqual([]);
      expectAbout(paused.nextInMs, 10 * minute);
      expect(unpaced.claims).toEqual([]);
      expect(afterwards.claims).toHaveLength(1);
    });

    test("has nothing to wait for in a pause where nothing waits", async (world) => {
      await world.store.reportPace("web", pace, { pauseMs: 10 * minute });

      expect(await world.claims({ pace })).toEqual({ claims: [], nextInMs: undefined });
    });

    test("counts what others use of the same quota, until their window is over", async (world) => {
      const { store } = world;
      await fill(world, 12);
      await store.reportPace("web", pace, { quota: { count: 3, allowed: 5, resetMs: 4 * minute } });

      const first = await world.claims({ pace });
      const second = await world.claims({ pace });
      world.advance(5 * minute);
      const third = await world.claims({ pace });

      expect(first.claims).toHaveLength(2);
      expect(second.claims).toEqual([]);
      expect(third.claims).toHaveLength(3);
    });

    test("learns nothing from a quota that it has kept itself", async (world) => {
      const { store } = world;
      await fill(world, 12);
      await world.claims({ pace, limit: 2 });
      await store.reportPace("web", pace, { quota: { count: 2, allowed: 5, resetMs: 9 * minute } });

      expect((await world.claims({ pace })).claims).toHaveLength(3);
    });

    test("takes its own use for its own, though the count is a little old and the window told in whole seconds", async (world) => {
      const { store } = world;
      const aSecond = { allowed: 5, windowMs: 1000 };
      await fill(world, 12);
      await world.claims({ pace: aSecond });
      world.advance(1100);
      await store.reportPace("web", aSecond, { quota: { count: 5, allowed: 5, resetMs: 1000 } });

      expect((await world.claims({ pace: aSecond })).claims).toHaveLength(5);
    });

    test("spends nothing on taking up what another worker has left", async (world) => {
      await fill(world, 1);
      const left = await world.claim({ pace });
      world.advance(2 * minute);

      const taken = await world.claim({ pace });
      await fill(world, 8);
      const rest = await world.claims({ pace });

      expect(taken).toMatchObject({ work: "recover", message: { id: left.message.id } });
      expect(rest.claims).toHaveLength(4);
    });
  });
}
