import type { QuickReplyContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { ChoiceForm } from "../channel-profile.ts";
import { payloadRooms, takesPayload } from "../degrade/alias.ts";
import { choiceFormFor } from "../degrade/choice-form.ts";
import { fetchesFrom } from "../degrade/media-url.ts";
import { isBlank } from "../text/is-blank.ts";
import { figure, fits, rooms, textRooms } from "../text/room.ts";
import { blank } from "./lint-text.ts";
import { breach, over, type Report, tooLong } from "./report.ts";

/** Lints a question with choices. */
export function lintQuickReply(report: Report, { title, choices }: QuickReplyContent): void {
  const { profile } = report;
  const form = choiceFormFor(profile, choices.length);
  if (!form) {
    lintCount(report, choices.length);
    return;
  }
  lintForm(report, form, choices.length);
  if (isBlank(title)) blank(report, "/title");
  const room = textRooms(profile, form.body, limits.question);
  const fix = "Shorten it; otherwise its beginning becomes a message before it.";
  tooLong(report, "/title", title, { limit: form.body, room, fix });
  lintLabels(
    report,
    choices.map(({ label }, index) => ({ label, pointer: `/choices/${index}/label` })),
    form,
  );
  for (const [index, { value, imageUrl }] of choices.entries()) {
    lintPayload(report, value, `/choices/${index}/value`, form.payload);
    lintIcon(report, form, imageUrl, `/choices/${index}/imageUrl`);
  }
}

/** Lints what stands on choices or buttons. */
export function lintLabels(
  report: Report,
  labels: readonly { label: string; pointer: string }[],
  form: Pick<ChoiceForm, "label" | "uniqueLabels">,
): void {
  const room = rooms(report.profile, form.label, limits.label);
  const seen = new Set<string>();
  for (const { label, pointer } of labels) {
    if (isBlank(label)) blank(report, pointer);
    const fix = "Shorten it; otherwise it is cut, and stands in full in the text.";
    tooLong(report, pointer, label, { limit: form.label, room, fix });
    if (form.uniqueLabels && seen.has(label.trim())) {
      breach(report, pointer, {
        rule: "label.unique",
        message: "Another label of the message is the same",
        fix: "Give each a label of its own; otherwise they are numbered.",
      });
    }
    seen.add(label.trim());
  }
}

/** Lints what a choice or button returns. */
export function lintPayload(
  report: Report,
  payload: string,
  pointer: string,
  limit: ChoiceForm["payload"],
): void {
  const room = payloadRooms(report.profile, limit);
  if (takesPayload(report.profile, payload, room)) return;
  const fix = "None is needed: an alias is sent in its place, and the value comes back.";
  if (limit !== "any" && !fits(payload, room)) {
    tooLong(report, pointer, payload, { limit, room, fix });
    return;
  }
  breach(report, pointer, {
    rule: "payload.form",
    message: "The channel does not take this value as it is",
    fix,
  });
}

/** Reports that choices are not shown in the form that the channel has for a few. */
function lintForm(report: Report, form: ChoiceForm, count: number): void {
  const { profile } = report;
  const [first] = profile.choices;
  if (!first || form === first) return;
  const isTooMany = count > (figure(profile, first.max) ?? count);
  const limit = isTooMany ? first.max : first.min;
  const fix = `Offer ${isTooMany ? "fewer" : "more"} choices to have buttons; these are a list that has to be opened.`;
  if (limit) over(report, "/choices", { limit, actual: count, fix, effect: "changed" });
}

function lintCount(report: Report, count: number): void {
  const { profile } = report;
  const widest = profile.choices.at(-1);
  const fix = "Offer fewer choices; otherwise they become numbered text, answered by typing.";
  if (widest && widest.max !== "any" && count > (figure(profile, widest.max) ?? 0)) {
    over(report, "/choices", { limit: widest.max, actual: count, fix });
    return;
  }
  if (widest?.min) {
    over(report, "/choices", { limit: widest.min, actual: count, fix: "Offer more choices." });
    return;
  }
  breach(report, "", { rule: "quickReply.unsupported", message: "The channel has nothing to tap", fix });
}

function lintIcon(report: Report, form: ChoiceForm, imageUrl: string | undefined, pointer: string): void {
  if (imageUrl === undefined) return;
  const fix = "Leave the picture out, or send it before the question.";
  if (form.icon === undefined) {
    const message = "The channel shows no pictures on choices";
    breach(report, pointer, { rule: "quickReply.icon", message, fix, effect: "invisible" });
    return;
  }
  if (!fetchesFrom(report.profile, imageUrl)) {
    const message = "The channel fetches pictures by https: alone";
    const byHttps = "Give an https: URL; otherwise the choice has no picture.";
    breach(report, pointer, { rule: "media.protocol", message, fix: byHttps });
  }
  const room = rooms(report.profile, form.icon, limits.url);
  tooLong(report, pointer, imageUrl, { limit: form.icon, room, fix });
}
