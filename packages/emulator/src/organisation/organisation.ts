import { type ChangeSaver, createChangeSaver } from "../journal/change-saver.ts";
import type { Journal } from "../journal/journal.ts";
import { restoreTables } from "../journal/restore-tables.ts";
import { Table } from "../journal/table.ts";
import type { Chance } from "../time/chance.ts";
import { createClock, type EmulatorClock, type TimeSource } from "../time/emulator-clock.ts";
import { createHub, type Hub, type OrganisationEvent } from "./events.ts";
import { openTables, type Tables } from "./tables.ts";

/** Everything that one emulated organisation knows. */
export interface Organisation extends Tables, Omit<ChangeSaver, "stop"> {
  id: string;
  clock: EmulatorClock;
  chance: Chance;
  events: Hub<OrganisationEvent>;
  /** The moment in the organisation's time, as its API writes it. */
  timestamp(): string;
  close(): void;
}

/** Opens the organisation that a journal holds, or begins one. `warn` hears of a journal that keeps nothing more. */
export function openOrganisation(
  journal: Journal,
  time: TimeSource,
  chance: Chance,
  warn: (message: string) => void,
): Organisation {
  const facts = new Table<string | number>(journal, { name: "facts" });
  const tables = openTables(journal);
  restoreTables(journal, [facts, ...Object.values(tables)] as Table<NonNullable<unknown>>[], warn);
  const clock = createClock(time, Number(facts.get("aheadMs") ?? 0), (aheadMs) =>
    facts.put("aheadMs", aheadMs),
  );
  const { stop, ...saver } = createChangeSaver(journal, {
    wake: clock.schedule,
    warn,
    owner: "The emulator",
    meanwhile: "the emulator answers 503 and sends no webhooks",
  });
  return {
    id: String(facts.get("id") ?? facts.put("id", chance.uuid())),
    ...tables,
    clock,
    chance,
    events: createHub(),
    timestamp: createTimestamp(clock),
    ...saver,
    close() {
      stop();
      journal.close();
    },
  };
}

/** Writes the present moment, once for everything that happens in it. */
function createTimestamp({ now }: EmulatorClock): () => string {
  let moment = Number.NaN;
  let written = "";
  return () => {
    if (now() === moment) return written;
    moment = now();
    written = new Date(moment).toISOString();
    return written;
  };
}
