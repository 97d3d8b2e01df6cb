import { EmulatorOptionError } from "../emulator-error.ts";
import { limits } from "../limits.ts";
import type { Chance } from "../time/chance.ts";
import { type Fault, findFaultMistake } from "./fault.ts";

/** A fault on the dial. */
export type SetFault = Fault & {
  id: string;
  /** How often it has struck. */
  struck: number;
};

/** What goes wrong on purpose. Faults are not kept across restarts. */
export interface FaultDial {
  /** Returns the fault's id. @throws EmulatorOptionError where it cannot be. */
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): SetFault[];
}

/** The dial as the emulator itself sees it. */
export interface TurnedDial extends FaultDial {
  /** The faults that strike now; each that is limited is used up by one. Order is asked for apart: before the sending. */
  strike(on: Fault["on"] | "webhook-order", route?: string): Fault[];
}

export function createFaultDial(chance: Chance): TurnedDial {
  const faults = new Map<string, SetFault>();
  return {
    add(fault) {
      const mistake = findFaultMistake(fault);
      if (mistake !== undefined) throw new EmulatorOptionError(`fault: ${mistake}`);
      if (faults.size >= limits.faults.value)
        throw new EmulatorOptionError(`fault: there are ${limits.faults.value} already`);
      const id = chance.uuid();
      faults.set(id, { ...fault, id, struck: 0 });
      return id;
    },
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    list: () => [...faults.values()],
    strike(on, route) {
      if (faults.size === 0) return [];
      return [...faults.values()].filter((fault) => strikes(fault, on, route));
    },
  };

  function strikes(
    fault: SetFault,
    place: Fault["on"] | "webhook-order",
    route: string | undefined,
  ): boolean {
    if (placeOf(fault) !== place || (fault.route !== undefined && fault.route !== route)) return false;
    if (fault.probability !== undefined && chance.fraction() >= fault.probability) return false;
    const struck = fault.struck + 1;
    if (struck >= (fault.times ?? Number.POSITIVE_INFINITY)) faults.delete(fault.id);
    else faults.set(fault.id, { ...fault, struck });
    return true;
  }
}

function placeOf({ on, kind }: Fault): Fault["on"] | "webhook-order" {
  return kind === "reorder" ? "webhook-order" : on;
}

/** The faults of one kind and moment among those that struck. */
export function struckBy<Kind extends Fault["kind"]>(
  faults: readonly Fault[],
  kind: Kind,
  when: "before" | "after" = "before",
): Extract<Fault, { kind: Kind }> | undefined {
  return faults.find(
    (fault): fault is Extract<Fault, { kind: Kind }> =>
      fault.kind === kind && (("when" in fault ? fault.when : undefined) ?? "before") === when,
  );
}
