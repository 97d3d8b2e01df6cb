import type { Answer, Degraded } from "../degradation.ts";
import { answerText } from "./answer-text.ts";

/** What came back from a channel: what a tap returns, or what the customer typed. */
export type GivenAnswer = { payload: string } | { text: string };

/**
 * The answer that a customer gave to a degraded message. A payload is a value or an alias of it; a text is, in this
 * order, a number that stands in the message, a label, or a value, whatever its case and the space around it.
 * `undefined`: it is none of the answers, or could be several.
 */
export function resolveAnswer(
  { answers }: Pick<Degraded, "answers">,
  given: GivenAnswer,
): Answer | undefined {
  if ("payload" in given) return ofPayload(answers, given.payload);
  const { text } = given;
  for (const read of readings) {
    const exact = answers.filter((answer) => read(answer).includes(text.trim()));
    if (exact.length === 1) return exact[0];
    const plain = answerText(text);
    const alike = answers.filter((answer) => read(answer).some((name) => answerText(name) === plain));
    if (alike.length === 1) return alike[0];
    if (exact.length > 1 || alike.length > 1) return undefined;
  }
  return undefined;
}

/** What an answer may be called, in the order in which it is looked for. */
const readings: readonly ((answer: Answer) => string[])[] = [
  ({ number }) => (number === undefined ? [] : [number]),
  ({ label, shown }) => (shown === undefined ? [label] : [label, shown]),
  ({ value }) => [value],
];

function ofPayload(answers: readonly Answer[], payload: string): Answer | undefined {
  return answers.find(({ alias }) => alias === payload) ?? answers.find(({ value }) => value === payload);
}
