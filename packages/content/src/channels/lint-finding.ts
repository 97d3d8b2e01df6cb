import type { ChannelName } from "./channel-name.ts";
import type { Certainty, Unit } from "./limit.ts";
import type { SourceId } from "./sources.ts";

/**
 * What would happen on the channel. `refused`: nothing is shown. `cut`: the end is missing. `invisible`: a part is
 * missing. `changed`: it is shown in another form. `charged`: it costs as much as several messages.
 */
export type Effect = "refused" | "cut" | "invisible" | "changed" | "charged";

/** Something that a channel cannot show as it is. */
export interface LintFinding {
  channel: ChannelName;
  /** Where, as a JSON pointer (RFC 6901). */
  pointer: string;
  /** The limit, such as `quickReply.label.max`, or the rule, such as `card.mixedButtons`. */
  limit: string;
  /** `error`: sent as it is, it would be refused, cut or partly invisible. `warning`: it is shown, at a price. */
  severity: "error" | "warning";
  effect: Effect;
  /** What is wrong. It holds no text of the message. */
  message: string;
  /** How to mend it. */
  fix: string;
  /** The figures, where it is a matter of figures. */
  actual?: number;
  allowed?: number;
  unit?: Unit;
  /** How sure the limit is, and where it comes from. */
  certainty?: Certainty;
  sources?: readonly SourceId[];
}
