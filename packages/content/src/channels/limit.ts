import type { SourceId } from "./sources.ts";

/**
 * What a limit counts. `chars`: the vendor says "characters" and no more; counted as UTF-16 code units, which are
 * never fewer than code points. `utf16`: UTF-16 code units. `bytes`: UTF-8 bytes.
 */
export type Unit =
  | "chars"
  | "utf16"
  | "bytes"
  | "items"
  | "lines"
  | "px"
  | "KB"
  | "MB"
  | "ratio"
  | "version"
  | "days";

/**
 * How sure a figure is. `verified`: on the vendor's own page, specification or SDK. `secondary`: from others.
 * `unverified`: general knowledge. `conflict`: the sources differ; the note says which is taken.
 */
export type Certainty = "verified" | "secondary" | "unverified" | "conflict";

/** One limit of a channel. */
export interface Limit {
  /** `null`: the channel states none. */
  value: number | string | null;
  unit: Unit;
  certainty: Certainty;
  sources: readonly SourceId[];
  note?: string;
  /** Why lint, degrade and render do not look at it; without this they do. */
  unused?: string;
}

/** The limits of a channel by name, such as `quickReply.label.max`. */
export type Limits = Readonly<Record<string, Limit>>;
