import type { Journal, JournalLine } from "./journal.ts";

/** What a table is called in the journal, and how it is kept. */
export interface TableOptions<Field extends string> {
  name: string;
  /** Rows can be found by what they have in these fields too, which a row keeps as long as it is there. */
  indexBy?: readonly Field[];
  /** The most rows; the oldest make room. Default: no limit. */
  most?: number;
}

/** Rows by key, in the order in which they were first put, each change kept in a journal. Rows are never changed in place. */
export class Table<Row extends NonNullable<unknown>, Field extends string & keyof Row = never> {
  readonly name: string;
  readonly #journal: Journal;
  readonly #most: number;
  readonly #rows = new Map<string, Row>();
  /** For each field, the keys of the rows that have a value in it. */
  readonly #indexes: ReadonlyMap<Field, Map<Row[Field], string[]>>;
  /** Goes along with the rows: the ones before it have made room, and looking for the oldest anew would pass them all again. */
  readonly #oldest = this.#rows.keys();

  constructor(journal: Journal, { name, indexBy = [], most }: TableOptions<Field>) {
    this.name = name;
    this.#journal = journal;
    this.#indexes = new Map(indexBy.map((field) => [field, new Map()]));
    this.#most = most ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  /** The rows that have a value in an indexed field, the first put first. */
  where(field: Field, value: Row[Field]): Row[] {
    const keys = this.#indexes.get(field)?.get(value) ?? [];
    return keys.map((key) => this.#rows.get(key) as Row);
  }

  /** The last of them that fulfils a condition. */
  findLast(field: Field, value: Row[Field], holds: (row: Row) => boolean): Row | undefined {
    const keys = this.#indexes.get(field)?.get(value) ?? [];
    for (let place = keys.length - 1; place >= 0; place -= 1) {
      const row = this.#rows.get(keys[place] as string) as Row;
      if (holds(row)) return row;
    }
    return undefined;
  }

  put(key: string, row: Row): Row {
    this.#set(key, row);
    this.#journal.append([this.name, key, row]);
    while (this.#rows.size > this.#most) this.delete(this.#oldest.next().value as string);
    return row;
  }

  delete(key: string): void {
    if (!this.#rows.has(key)) return;
    this.#unset(key);
    this.#journal.append([this.name, key, null]);
  }

  /** Takes over a change that the journal kept. */
  restore(key: string, row: Row | null): void {
    if (row === null) this.#unset(key);
    else this.#set(key, row);
  }

  *lines(): Generator<JournalLine> {
    for (const [key, row] of this.#rows) yield [this.name, key, row];
  }

  #set(key: string, row: Row): void {
    const isNew = !this.#rows.has(key);
    this.#rows.set(key, row);
    if (!isNew) return;
    for (const [field, index] of this.#indexes) {
      const value = row[field];
      const keys = index.get(value);
      if (keys !== undefined) keys.push(key);
      else if (value !== undefined) index.set(value, [key]);
    }
  }

  #unset(key: string): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#rows.delete(key);
    for (const [field, index] of this.#indexes) {
      const keys = index.get(row[field]) ?? [];
      keys.splice(keys.indexOf(key), 1);
      if (keys.length === 0) index.delete(row[field]);
    }
  }
}
