import type { Fault } from "../faults/fault.ts";
import type { FaultDial } from "../faults/fault-dial.ts";
import { notFound } from "../http/api-error.ts";
import type { EmulatorClock } from "../time/emulator-clock.ts";
import { type ControlRoute, readNumber } from "./control-route.ts";

/** A year. */
const longestAdvanceMs = 366 * 86_400_000;

/** Turning time and faults. */
export function dialControls(clock: EmulatorClock, faults: FaultDial): ControlRoute[] {
  const tellTime = () => ({ now: new Date(clock.now()).toISOString() });
  return [
    { method: "GET", path: "/emulator/clock", summary: "the organisation's time", handle: tellTime },
    {
      method: "POST",
      path: "/emulator/clock/advance",
      summary: "turn it forward by `ms`",
      handle: async ({ body }) => {
        await clock.advance(readNumber(body, "ms", 0, longestAdvanceMs));
        return tellTime();
      },
    },
    {
      method: "GET",
      path: "/emulator/faults",
      summary: "the faults on the dial",
      handle: () => ({ entities: faults.list() }),
    },
    {
      method: "POST",
      path: "/emulator/faults",
      summary: "put a fault on the dial",
      handle: ({ body }) => ({ id: faults.add(body as unknown as Fault) }),
    },
    {
      method: "DELETE",
      path: "/emulator/faults",
      summary: "take all off",
      handle: () => faults.clear(),
    },
    {
      method: "DELETE",
      path: "/emulator/faults/{faultId}",
      summary: "take one off",
      handle: (request) => {
        if (!faults.remove(request.param("faultId"))) throw notFound("fault");
      },
    },
  ];
}
