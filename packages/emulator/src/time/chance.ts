import { randomBytes } from "node:crypto";

/** Where chance comes from: `size` random bytes. A test passes its own to have the same ids each time. */
export type RandomSource = (size: number) => Uint8Array;

/** Everything in the emulator that is not certain. */
export interface Chance {
  /** A version 4 UUID, as Genesys Cloud gives to what is not a message. */
  uuid(): string;
  /** Thirty-two hexadecimal digits, as Genesys Cloud gives to messages. */
  messageId(): string;
  /** An access token or a secret: 43 characters. */
  secret(): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}

const poolSize = 4096;

/** Makes ids and dice of a source of bytes, which is asked for many at a time. */
export function createChance(source: RandomSource = (size) => randomBytes(size)): Chance {
  let pool = Buffer.alloc(0);

  function take(size: number): Buffer {
    if (pool.length < size) pool = Buffer.from(source(poolSize));
    const taken = pool.subarray(0, size);
    pool = pool.subarray(size);
    return taken;
  }

  return {
    uuid() {
      const bytes = take(16);
      bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
      const hex = bytes.toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    messageId: () => take(16).toString("hex"),
    secret: () => take(32).toString("base64url"),
    fraction: () => take(6).readUIntBE(0, 6) / 2 ** 48,
  };
}

/** Bytes that follow from a seed: the same seed, the same ids and faults. Not for anything that must be secret. */
export function seededBytes(seed: number): RandomSource {
  let state = seed >>> 0;
  return (size) => Uint8Array.from({ length: size }, nextByte);

  // Mulberry32, a public-domain generator.
  function nextByte(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  }
}
