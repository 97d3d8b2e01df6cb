const decimals = 6;

/** Degrees as a number without exponent or needless zeros: to 11 cm. */
export function degrees(value: number): string {
  return String(Number(value.toFixed(decimals)));
}
