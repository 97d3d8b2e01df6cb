/** The longest that a server can make the client wait before the next attempt. */
export const longestRetryAfterMs = 60_000;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The three forms of a date that RFC 9110 section 5.6.7 asks every recipient to accept. */
const dateForms = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<clock>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<clock>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<clock>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/**
 * How long a `Retry-After` field asks to wait, in milliseconds from 0 to `longestMs` (60,000 unless told).
 * `undefined` where there is none or it is neither whole seconds nor a date by RFC 9110 section 10.2.3.
 */
export function parseRetryAfter(
  value: string | undefined,
  epochMs: number,
  longestMs: number = longestRetryAfterMs,
): number | undefined {
  const text = value?.replace(/^[ \t]+|[ \t]+$/g, "") ?? "";
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : parseHttpDate(text, epochMs) - epochMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestMs);
}

/** Milliseconds since 1970; `NaN` where the text is no date. */
function parseHttpDate(text: string, epochMs: number): number {
  const parts = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!parts) return Number.NaN;
  const { year = "", month = "", day = "", clock = "" } = parts;
  const [hour = 0, minute = 0, second = 0] = clock.split(":").map(Number);
  const monthIndex = months.indexOf(month);
  const date = new Date(Date.UTC(fullYear(year, epochMs), monthIndex, Number(day), hour, minute, second));
  // Whatever is out of its range is carried over; a leap second, which the grammar allows, carries over too.
  const isReal = monthIndex >= 0 && date.getUTCDate() === Number(day) && minute < 60 && second <= 60;
  return isReal ? date.getTime() : Number.NaN;
}

/** A year of two digits is the latest that is not more than 50 years ahead, as RFC 9110 section 5.6.7 says. */
function fullYear(digits: string, epochMs: number): number {
  if (digits.length === 4) return Number(digits);
  const latest = new Date(epochMs).getUTCFullYear() + 50;
  return latest - ((latest - Number(digits)) % 100);
}
