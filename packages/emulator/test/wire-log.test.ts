import { createEmulator } from "@quickcard/emulator";
import { expect, test } from "vitest";

test("the wire log has the last thousand exchanges, in order, and forgets on demand", async () => {
  const emulator = await createEmulator();
  const request = () => emulator.fetch(new Request("https://api.mypurecloud.com/api/v2/tokens/me"));
  const { wireLog } = emulator;
  const idsAfter = (id: number) => wireLog.after(id).map((entry) => entry.id);
  for (let count = 0; count < 1234; count += 1) await request();

  expect(idsAfter(0)).toEqual(Array.from({ length: 1000 }, (_, index) => 235 + index));
  expect(idsAfter(1232)).toEqual([1233, 1234]);
  expect([wireLog.get(234), wireLog.get(235)?.id, wireLog.get(1235)]).toEqual([undefined, 235, undefined]);

  wireLog.clear();
  await request();
  expect(idsAfter(0)).toEqual([1235]);
  await emulator.close();
});
