import type Database from "libsql";
import type { StoreChange } from "../store.ts";

type Parameter = string | number | Uint8Array | null;

/** One SQLite connection with its prepared statements, and what the transaction under way has changed. */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #changes = new Set<StoreChange>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...parameters: Parameter[]): number {
    return this.#prepare(sql).run(...parameters).changes;
  }

  /** Runs an `INSERT` of one row and gives its number. */
  insert(sql: string, ...parameters: Parameter[]): number {
    return Number(this.#prepare(sql).run(...parameters).lastInsertRowid);
  }

  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as Row | undefined;
  }

  all<Row>(sql: string, ...parameters: Parameter[]): Row[] {
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Notes what listeners must be told once the transaction is committed. */
  markChanged(change: StoreChange): void {
    this.#changes.add(change);
  }

  takeChanges(): StoreChange[] {
    const changes = [...this.#changes];
    this.#changes.clear();
    return changes;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
