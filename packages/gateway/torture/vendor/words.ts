/** One message in so many is a long text, which goes out in several parts. */
const longEvery = 10;

/** A text of which every word tells its message and its place: `17.3` is the fourth word of message 17. */
export function wordsOf(_: number, number: number): string {
  const count = number % longEvery === longEvery - 1 ? 1500 : 2;
  return Array.from({ length: count }, (_word, place) => `${number}.${place}`).join(" ");
}

/** A word's message and place. */
export type Word = readonly [number: number, place: number];

export function readWords(text: string): Word[] {
  return [...text.matchAll(/(\d+)\.(\d+)/g)].map(([, number, place]) => [Number(number), Number(place)]);
}
