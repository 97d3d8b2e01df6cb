import type { Answer } from "../degradation.ts";
import { answerText } from "./answer-text.ts";

const letters = 26;

/** The number of an answer by its value, worked out when the first is asked for: most messages need none. */
export function numberFinder(answers: readonly Answer[]): (value: string) => string {
  let byValue: ReadonlyMap<string, string> | undefined;
  return (value) => {
    if (!byValue) {
      const numbers = numbering(answers);
      byValue = new Map(answers.map((answer, index) => [answer.value, numbers[index] ?? ""]));
    }
    return byValue.get(value) ?? "";
  };
}

/**
 * The numbers that may stand before the answers of a message: 1, 2, 3, or A, B, C where a label or value is itself
 * the number of another answer.
 */
function numbering(answers: readonly Answer[]): string[] {
  const styles = [(index: number) => String(index + 1), letterOf];
  const texts = answers.map(({ value, label }) => [answerText(label), answerText(value)]);
  const [first, ...others] = styles.map((style) => answers.map((_, index) => style(index)));
  const all = [first ?? [], ...others];
  return all.find((numbers) => !isAmbiguous(numbers, texts)) ?? first ?? [];
}

function isAmbiguous(numbers: readonly string[], texts: readonly (readonly string[])[]): boolean {
  const places = new Map(numbers.map((number, index) => [answerText(number), index]));
  return texts.some((own, index) =>
    own.some((text) => {
      const place = places.get(text);
      return place !== undefined && place !== index;
    }),
  );
}

/** A to Z, then AA to ZZ. */
function letterOf(index: number): string {
  const last = String.fromCharCode(0x41 + (index % letters));
  return index < letters ? last : `${letterOf(Math.floor(index / letters) - 1)}${last}`;
}
