import type { ChannelName, Effect } from "@quickcard/content/channels";
import type { TextPosition } from "./json-positions.ts";

/** Something that is wrong in a file, on one channel or on all. */
export interface FileFinding extends TextPosition {
  file: string;
  /** Absent: the message can be sent on no channel. */
  channel?: ChannelName;
  severity: "error" | "warning";
  /** The limit or rule that it breaks, such as `quickReply.label.max`. */
  rule: string;
  /** Where in the file, as a JSON pointer. */
  pointer: string;
  effect?: Effect;
  message: string;
  fix: string;
}
