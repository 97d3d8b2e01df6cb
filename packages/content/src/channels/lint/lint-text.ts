import { limits } from "../../limits.ts";
import { gsm7Length, toGsm7 } from "../text/gsm7.ts";
import { isBlank } from "../text/is-blank.ts";
import { fits, rooms, textRooms } from "../text/room.ts";
import { segmentsOf } from "../text/segments.ts";
import { breach, over, type Report, tooLong } from "./report.ts";

/** Lints a text that is a message of its own. */
export function lintText(report: Report, text: string, pointer: string): void {
  const { profile } = report;
  if (isBlank(text)) {
    blank(report, pointer);
    return;
  }
  const { max, advised = [] } = profile.text;
  if (!fits(text, textRooms(profile, max, limits.text))) {
    const limit = max === "any" ? profile.whole?.max : max;
    tooLong(report, pointer, text, {
      limit,
      room: textRooms(profile, max, limits.text),
      fix: "Shorten it; otherwise it becomes several messages.",
    });
  }
  for (const limit of advised) {
    if (fits(text, rooms(profile, limit, limits.text))) continue;
    over(report, pointer, {
      limit,
      actual: text.length,
      fix: "Shorten it: above this length it costs more, or is read less.",
      effect: "charged",
    });
  }
  lintSegments(report, text, pointer);
}

/** Reports that there is nothing to see. */
export function blank(report: Report, pointer: string): void {
  breach(report, pointer, {
    rule: "text.blank",
    message: "There is nothing to see in this text",
    fix: "Give it visible characters.",
  });
}

function lintSegments(report: Report, text: string, pointer: string): void {
  const { profile } = report;
  if (!profile.segments) return;
  const segments = segmentsOf(profile, text);
  const alphabet = profile.segments[gsm7Length(text) === undefined ? "ucs2" : "gsm7"];
  if (segments > 1) {
    over(report, pointer, {
      limit: alphabet.single,
      actual: text.length,
      fix: "Shorten it.",
      effect: "charged",
      message: `This is charged as ${segments} messages`,
    });
  }
  if (toGsm7(text) === text) return;
  breach(report, pointer, {
    rule: "text.alphabet",
    message: "Typographic quotation marks, dashes or ellipses keep this text out of the short alphabet",
    fix: "Write plain ones: a segment then holds more than twice as much.",
    effect: "charged",
  });
}
