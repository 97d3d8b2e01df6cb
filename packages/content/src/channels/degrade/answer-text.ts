const ascii = /^[\x20-\x7e]*$/;

/**
 * What a customer typed, or what stands on a choice, without what does not tell answers apart: case, width, space
 * around, a bracket or full stop behind a number.
 */
export function answerText(text: string): string {
  const alike = ascii.test(text) ? text : text.normalize("NFKC").replace(/\p{Nd}/gu, asciiDigit);
  const plain = alike.toLowerCase().replace(/\s+/g, " ").trim();
  return plain.replace(/^[\s#([]+|[\s.):,!\]]+$/g, "") || plain;
}

/** A digit of any script as one of 0 to 9: digits of a script stand in a row of ten, from a multiple of their zero. */
function asciiDigit(digit: string): string {
  if (digit >= "0" && digit <= "9") return digit;
  let zero = digit.codePointAt(0) ?? 0;
  const code = zero;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
