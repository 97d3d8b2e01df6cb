import { type ChangeSaver, createChangeSaver } from "../journal/change-saver.ts";
import { createMemoryJournal, type Journal } from "../journal/journal.ts";
import { openJournal } from "../journal/open-journal.ts";
import { restoreTables } from "../journal/restore-tables.ts";
import { Table } from "../journal/table.ts";
import { systemTime } from "../time/emulator-clock.ts";
import type { ChatEntry, CustomerDoing, ReceivedMessage } from "./stand-in.ts";

const mostKept = 10_000;

const warn = (message: string) => process.emitWarning(message);

/** A customer, as far as a vendor's rules ask. */
interface CustomerRow {
  readonly address: string;
  readonly name: string;
  /** When they last wrote or tapped; absent: never. */
  readonly lastWordAt?: number;
  readonly isBlocked?: true;
}

/** `number`: which of all lines it is. */
type MessageRow = { readonly to: string; readonly number: number; readonly message: ReceivedMessage };
type DoingRow = {
  readonly address: string;
  readonly number: number;
  readonly at: number;
  readonly doing: CustomerDoing;
};

/** What went on between a vendor's customers and a program: what its rules go by, and what a phone shows. Rows are never changed in place. */
export class ChatLog {
  readonly #journal: Journal;
  readonly #saver: ChangeSaver;
  readonly #customers: Table<CustomerRow>;
  readonly #messages: Table<MessageRow, "to">;
  readonly #doings: Table<DoingRow, "address">;
  readonly #counts: Table<number>;
  readonly #listeners = new Set<() => void>();

  /** @param file Where it is kept across restarts. Absent: nowhere. @throws EmulatorDataInUseError, EmulatorDataError */
  constructor(file: string | undefined) {
    const journal = file === undefined ? createMemoryJournal() : openJournal(file);
    this.#journal = journal;
    this.#customers = new Table(journal, { name: "customers" });
    this.#messages = new Table(journal, { name: "messages", indexBy: ["to"], most: mostKept });
    this.#doings = new Table(journal, { name: "doings", indexBy: ["address"], most: mostKept });
    this.#counts = new Table(journal, { name: "counts" });
    const tables = [this.#customers, this.#messages, this.#doings, this.#counts];
    restoreTables(journal, tables as Table<NonNullable<unknown>>[], warn);
    this.#saver = createChangeSaver(journal, {
      wake: systemTime.wake,
      warn,
      owner: "The stand-in",
      meanwhile: "the stand-in goes on from memory",
    });
  }

  /** The next number of a kind, from 1 on, restarts or not. */
  next(kind: string): number {
    return this.#counts.put(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  meet(address: string, name: string | undefined): void {
    const known = this.#customers.get(address);
    if (known && (name === undefined || name === known.name)) return;
    this.#customers.put(address, { ...known, address, name: name ?? address });
    this.#tell();
  }

  customer(address: string): CustomerRow | undefined {
    return this.#customers.get(address);
  }

  customers(): CustomerRow[] {
    return [...this.#customers.values()];
  }

  /** A customer has done something. */
  did(address: string, at: number, doing: CustomerDoing): void {
    const number = this.next("line");
    this.#doings.put(String(number), { address, number, at, doing });
    const known = this.#customers.get(address) ?? { address, name: address };
    const change = doing.type === "block" ? { isBlocked: true as const } : { lastWordAt: at };
    this.#customers.put(address, { ...known, ...change });
    this.#tell();
  }

  /** Keeps what a program sent; one whose id is known takes the place of what it was. */
  putMessage(message: ReceivedMessage): void {
    const { id, to } = message;
    const number = this.#messages.get(id)?.number ?? this.next("line");
    this.#messages.put(id, { to, number, message });
    if (!this.#customers.get(to)) this.#customers.put(to, { address: to, name: to });
    this.#tell();
  }

  message(id: string): ReceivedMessage | undefined {
    return this.#messages.get(id)?.message;
  }

  /** Oldest first. */
  messages(to?: string): ReceivedMessage[] {
    const rows = to === undefined ? [...this.#messages.values()] : this.#messages.where("to", to);
    return rows.map(({ message }) => message);
  }

  /** Oldest first. */
  chat(address: string): ChatEntry[] {
    const lines = [...this.#messages.where("to", address), ...this.#doings.where("address", address)];
    return lines
      .sort((one, other) => one.number - other.number)
      .map((line) =>
        "message" in line
          ? { from: "program", message: line.message }
          : { from: "customer", at: line.at, doing: line.doing },
      );
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#saver.stop();
    this.#journal.close();
  }

  #tell(): void {
    this.#saver.tryFlush();
    for (const listener of this.#listeners) listener();
  }
}
