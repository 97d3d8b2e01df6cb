import pg from "pg";
import { StoreUnavailableError } from "../../gateway-error.ts";
import { isConflict, toStoreError } from "./database-errors.ts";
import { storableText } from "./storable-text.ts";

export type Parameter = string | number | boolean | null | Uint8Array | readonly string[] | readonly number[];

/** How a store connects. */
export interface DatabaseOptions {
  /** At most this many connections, beside the one that listens for changes. */
  maxConnections: number;
  /** How long a query may wait for a connection. */
  connectionTimeoutMs: number;
  /** How long the server works on one statement. */
  statementTimeoutMs: number;
  /** What the server's lists of connections show. */
  applicationName: string;
}

/** How often a transaction that got in another's way is done again. */
const maxConflicts = 10;

/** How much longer than the server's own limit an answer is awaited: after that the connection is taken for dead. */
const answerGraceMs = 5000;

/** A PostgreSQL database. It comes back by itself: each query takes a connection that works, or makes one. */
export class Database {
  readonly #pool: pg.Pool;

  constructor(url: string, options: DatabaseOptions) {
    const settings = connectionSettings(url, options);
    this.#pool = new pg.Pool({
      ...settings,
      max: options.maxConnections,
      idleTimeoutMillis: 60_000,
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
      query_timeout: options.statementTimeoutMs + answerGraceMs,
    });
    // A connection that dies has its query rejected, or is replaced with the next one: there is nothing more to do.
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  /**
   * Runs one statement, which is a transaction of its own.
   *
   * @throws StoreUnavailableError where the database cannot be reached or cannot serve now.
   */
  async query<Row extends object>(sql: string, ...parameters: Parameter[]): Promise<Row[]> {
    for (let conflict = 1; ; conflict += 1) {
      try {
        return await this.#withClient(
          async (client) => (await client.query<Row>(sql, parameters.map(storable))).rows,
        );
      } catch (error) {
        if (!isConflict(error) || conflict === maxConflicts) throw toStoreError(error);
      }
    }
  }

  /** Runs several statements as one transaction. */
  async transaction<Result>(
    work: (
      query: <Row extends object>(sql: string, ...parameters: Parameter[]) => Promise<Row[]>,
    ) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#withClient(async (client) => {
        await client.query("BEGIN");
        try {
          const result = await work(
            async <Row extends object>(sql: string, ...parameters: Parameter[]) =>
              (await client.query<Row>(sql, parameters.map(storable))).rows,
          );
          await client.query("COMMIT");
          return result;
        } catch (error) {
          await client.query("ROLLBACK").catch(() => undefined);
          throw error;
        }
      });
    } catch (error) {
      throw toStoreError(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (error) {
      broken = toStoreError(error) instanceof StoreUnavailableError && !isConflict(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

function storable(parameter: Parameter): unknown {
  if (typeof parameter === "string") return storableText(parameter);
  return Array.isArray(parameter) ? parameter.map(storable) : parameter;
}

/** What every connection to the database has in common. */
export function connectionSettings(url: string, options: DatabaseOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectionTimeoutMs,
    // Each statement of a function must see what was committed before it began, whatever the server's default is.
    options: "-c default_transaction_isolation=read\\ committed",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  };
}

/** Every integer here is well within what a number holds exactly: milliseconds, places, counts. */
const getTypeParser: pg.CustomTypesConfig["getTypeParser"] = (oid, format) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
