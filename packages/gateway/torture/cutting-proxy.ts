import type { AddressInfo } from "node:net";
import { createConnection, createServer, type Server, type Socket } from "node:net";

/** Which bytes on their way in begin something whose answer may be cut off, and how. */
export interface CuttingRule {
  matches: (bytes: Buffer) => boolean;
  /** The share of the matches that are cut. */
  share: number;
  /** The most cuts in all. */
  limit: number;
  /** `answer`: when the answer comes, which so is never seen. `request`: as soon as the request has gone on. */
  at: "answer" | "request";
}

/** A TCP proxy that passes everything on, but cuts both connections where its rules say so. */
export class CuttingProxy {
  readonly cuts: number[];
  readonly #rules: readonly CuttingRule[];
  readonly #target: { host: string; port: number };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #random: () => number;

  constructor(target: { host: string; port: number }, rules: readonly CuttingRule[], random: () => number) {
    this.#target = target;
    this.#rules = rules;
    this.#random = random;
    this.cuts = rules.map(() => 0);
    this.#server = createServer((inward) => this.#connect(inward));
  }

  /** Listens on a free port of 127.0.0.1, and returns it. */
  open(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #connect(inward: Socket): void {
    const outward = createConnection(this.#target);
    let isDoomed = false;
    const cut = () => {
      inward.resetAndDestroy();
      outward.resetAndDestroy();
    };
    for (const [socket, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        other.destroy();
        this.#sockets.delete(socket);
      });
    }
    inward.on("data", (bytes) => {
      const rule = this.#ruleFor(bytes);
      if (rule?.at === "request") outward.write(bytes, cut);
      else outward.write(bytes);
      isDoomed ||= rule?.at === "answer";
    });
    outward.on("data", (bytes) => {
      if (isDoomed) cut();
      else inward.write(bytes);
    });
  }

  #ruleFor(bytes: Buffer): CuttingRule | undefined {
    const index = this.#rules.findIndex(
      ({ matches, share, limit }, at) =>
        (this.cuts[at] ?? 0) < limit && matches(bytes) && this.#random() < share,
    );
    if (index < 0) return undefined;
    this.cuts[index] = (this.cuts[index] ?? 0) + 1;
    return this.#rules[index];
  }
}
