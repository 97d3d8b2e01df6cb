import { setImmediate } from "node:timers/promises";

/** One change: a table's name, a key, and the value that it has from now on (`null`: none). */
export type JournalLine = [table: string, key: string, value: NonNullable<unknown> | null];

/** Keeps what the emulator knows: in a file of one JSON line a change, or nowhere. */
export interface Journal {
  /** Hands out what was kept before, in order; returns how many lines. Once, before anything else. @throws EmulatorDataError */
  replay(restore: (line: JournalLine) => void): number;
  append(line: JournalLine): void;
  /** Hands everything appended to the operating system: a process that dies loses nothing after this. */
  flush(): void;
  /** Resolves once everything appended is flushed. All who wait in one turn of the event loop share one write, and go on together. */
  flushed(): Promise<void>;
  /** Replaces the file by one with these lines only. */
  compact(lines: Iterable<JournalLine>): void;
  close(): void;
}

/** A journal that keeps nothing. */
export function createMemoryJournal(): Journal {
  return {
    replay: () => 0,
    append() {},
    flush() {},
    flushed: oncePerTurn(() => {}),
    compact() {},
    close() {},
  };
}

/** Calls once for everybody who asks in one turn of the event loop. */
export function oncePerTurn(run: () => void): () => Promise<void> {
  let turn: Promise<void> | undefined;
  return () => {
    turn ??= setImmediate().then(() => {
      turn = undefined;
      run();
    });
    return turn;
  };
}
