import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { StoreChange } from "../store.ts";

const channel = "quickcard_changes";
const signalChannel = "quickcard_signals";

/** How many signals may be on their way at once; more are let go. */
const mostSignals = 100;

/** The least time between two calls to the other processes, and how long a lost connection is waited for. */
const callGapMs = 10;
const reconnectMs = { base: 100, cap: 5000 } as const;

/**
 * Tells of changes: those of this process at once, those of other processes as PostgreSQL tells of them. A call can be
 * lost with its connection, so nobody may rely on one: readers look by themselves now and then.
 *
 * The calls go out on a connection of their own after the commit. Within the transaction they would make all commits
 * wait in one line.
 */
export class ChangeFeed {
  readonly #settings: pg.ClientConfig;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #signalListeners = new Set<(signal: string) => void>();
  readonly #stopping = new AbortController();
  readonly #untold = new Set<StoreChange>();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;
  #calling: Promise<void> | undefined;
  #signalsUnderWay = 0;

  constructor(settings: pg.ClientConfig) {
    this.#settings = settings;
  }

  start(): void {
    this.#running ??= this.#stayConnected();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#client?.end().catch(() => undefined);
    await Promise.all([this.#running, this.#calling]);
  }

  listen(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the other processes something that is not committed anywhere. */
  sendSignal(signal: string): void {
    if (!this.#client || this.#signalsUnderWay >= mostSignals) return;
    this.#signalsUnderWay += 1;
    const sending = this.#client.query("SELECT pg_notify($1, $2)", [signalChannel, signal]);
    void sending
      .catch(() => undefined)
      .finally(() => {
        this.#signalsUnderWay -= 1;
      });
  }

  listenToSignals(listener: (signal: string) => void): () => void {
    this.#signalListeners.add(listener);
    return () => this.#signalListeners.delete(listener);
  }

  /** Tells everybody what this process has committed. */
  announce(changes: readonly StoreChange[]): void {
    this.#tell(changes);
    for (const change of changes) this.#untold.add(change);
    this.#calling ??= this.#callOthers().finally(() => {
      this.#calling = undefined;
    });
  }

  #tell(changes: readonly StoreChange[]): void {
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }

  async #callOthers(): Promise<void> {
    while (this.#untold.size > 0 && this.#client && !this.#stopping.signal.aborted) {
      const changes = [...this.#untold].join(" ");
      this.#untold.clear();
      await this.#client.query("SELECT pg_notify($1, $2)", [channel, changes]).catch(() => undefined);
      await this.#rest(callGapMs);
    }
    this.#untold.clear();
  }

  async #stayConnected(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures += 1) {
      const client = new pg.Client(this.#settings);
      const ended = new Promise<void>((resolve) => client.once("end", resolve));
      client.on("error", () => undefined);
      try {
        await client.connect();
        await this.#listenOn(client);
        failures = 0;
        await ended;
      } catch {
        await client.end().catch(() => undefined);
      }
      this.#client = undefined;
      await this.#rest(Math.min(reconnectMs.cap, reconnectMs.base * 2 ** Math.min(failures, 10)));
    }
  }

  async #listenOn(client: pg.Client): Promise<void> {
    const own = (client as pg.Client & { processID: number }).processID;
    client.on("notification", ({ processId, channel: heardOn, payload = "" }) => {
      if (processId === own) return;
      if (heardOn === channel) this.#tell(readChanges(payload));
      else for (const listener of this.#signalListeners) listener(payload);
    });
    await client.query(`LISTEN ${channel}; LISTEN ${signalChannel}`);
    if (this.#stopping.signal.aborted) throw new Error("stopped");
    this.#client = client;
    // Whatever was called while nobody listened.
    this.#tell(allChanges);
  }

  #rest(milliseconds: number): Promise<void> {
    return delay(milliseconds, undefined, { signal: this.#stopping.signal, ref: false }).catch(
      () => undefined,
    );
  }
}

const allChanges: readonly StoreChange[] = ["events", "messages"];

function readChanges(payload: string): StoreChange[] {
  const words = payload.split(" ");
  return allChanges.filter((change) => words.includes(change));
}
