import type { ErrorCode } from "./error-code.ts";

/**
 * What became of a request that failed: it never left (`not_sent`), the server refused it (`not_applied`), the server
 * did what it asked (`applied`), or none of these can be known (`unknown`).
 */
export type Fate = "not_sent" | "not_applied" | "applied" | "unknown";

/** What an error is made from. */
export interface ErrorFacts {
  readonly message: string;
  readonly fix: string;
  readonly fate: Fate;
  readonly retryable?: boolean | undefined;
  readonly status?: number | undefined;
  readonly correlationId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly attempts?: number | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly cause?: unknown;
}

type ErrorClass<E> = (abstract new (facts: never) => E) & { readonly prototype: { readonly name: string } };

/** The root of every error that the client makes. A caller's own abort reason is thrown as it is. */
export abstract class OpenMessagingError extends Error {
  static {
    brand(OpenMessagingError, "OpenMessagingError");
  }

  /** The kind of failure: one of `errorCodes`. */
  abstract readonly code: ErrorCode;
  /** What to do about it. */
  declare readonly fix: string;
  /** What became of the request. */
  declare readonly fate: Fate;
  /** Whether making the same call again later is safe and may succeed. */
  declare readonly retryable: boolean;
  /** How often the call was tried; 0 where it never got as far as the network. */
  declare readonly attempts: number;
  /** The status of the answer, where there was one. */
  declare readonly status?: number;
  /** What the server's logs know the request by. */
  declare readonly correlationId?: string;
  /** How long the server asked to be left alone, in milliseconds, at most 60,000. */
  declare readonly retryAfterMs?: number;
  /** The key that the request was made with: passing it again makes a repetition safe. */
  declare readonly idempotencyKey?: string;
  readonly #facts: ErrorFacts;

  constructor(facts: ErrorFacts) {
    const { message, cause, ...rest } = facts;
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, defined({ retryable: false, attempts: 0, ...defined(rest) }));
    this.#facts = facts;
  }

  /** The paragraph on it in the project's documentation: a path with its anchor. */
  get docs(): string {
    return `docs/reference/errors.md#${this.code}--${this.name.toLowerCase()}`;
  }

  /** The same error with some facts changed: one error can reach several calls, so none is ever altered. */
  with(changes: Partial<ErrorFacts>): this {
    return Reflect.construct(this.constructor as new (facts: ErrorFacts) => this, [
      { ...this.#facts, ...changes },
    ]);
  }

  /** Whether a value is an error of this class, even one made by another copy of this package. */
  static is<E>(this: ErrorClass<E>, value: unknown): value is E {
    // biome-ignore lint/complexity/noThisInStatic: each class asks for its own mark, so `this` is the class that was asked.
    return typeof value === "object" && value !== null && brandOf(this.prototype.name) in value;
  }
}

/** Gives a class of errors its name, and the mark by which `is` knows its instances. */
export function brand(errorClass: { readonly prototype: object }, name: string): void {
  Object.defineProperty(errorClass.prototype, "name", { value: name });
  Object.defineProperty(errorClass.prototype, brandOf(name), { value: true });
}

function brandOf(name: string): symbol {
  return Symbol.for(`@quickcard/client/${name}`);
}

/** The fields that have a value, so that a printed error shows no empty ones. */
function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
