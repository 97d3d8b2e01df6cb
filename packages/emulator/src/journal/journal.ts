/** One change: a table's name, a key, and the value that it has from now on (`null`: none). */
export type JournalLine = [table: string, key: string, value: NonNullable<unknown> | null];

/** Keeps what the emulator knows: in a file of one JSON line a change, or nowhere. */
export interface Journal {
  /** Hands out what was kept before, in order; returns how many lines. Once, before anything else. @throws EmulatorDataError */
  replay(restore: (line: JournalLine) => void): number;
  append(line: JournalLine): void;
  /**
   * Hands everything appended to the operating system: a process that dies loses nothing after this.
   *
   * @throws EmulatorDataError where the file takes nothing; what was appended is kept for the next time.
   */
  flush(): void;
  /** Replaces the file by one with these lines only. @throws EmulatorDataError where that cannot be; the file is as it was. */
  compact(lines: Iterable<JournalLine>): void;
  close(): void;
}

/** A journal that keeps nothing. */
export function createMemoryJournal(): Journal {
  return {
    replay: () => 0,
    append() {},
    flush() {},
    compact() {},
    close() {},
  };
}
