/**
 * What a customer typed, or what stands on a choice, without what does not tell answers apart: case, width, space
 * around, a bracket or full stop behind a number.
 */
export function answerText(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s+/gu, " ")
    .trim();
  return plain.replace(/^[\s#([]+|[\s.):,!\]]+$/gu, "") || plain;
}

/** A digit of any script as one of 0 to 9: digits of a script stand in a row of ten, from a multiple of their zero. */
function asciiDigit(digit: string): string {
  if (digit >= "0" && digit <= "9") return digit;
  let zero = digit.codePointAt(0) ?? 0;
  const code = zero;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
