/** The words of the page are English; the clock, 12 or 24 hours, is the reader's own. */
const language = "en";

const hourCycle = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hourCycle;
const times = new Intl.DateTimeFormat(language, {
  hour: "numeric",
  minute: "2-digit",
  ...(hourCycle && { hourCycle }),
});
const weekdays = new Intl.DateTimeFormat(language, { weekday: "long" });
const daysOfYear = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const shortDays = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
const fullDays = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });

const dayMs = 86_400_000;

/** The calendar day of an instant where the reader is, as a name to compare; a time that is none has a day of its own. */
export function dayOf(timestamp: string): string {
  return new Date(timestamp).toDateString();
}

/** The time of day of an instant; empty for a time that is none. */
export function timeLabel(timestamp: string): string {
  const date = new Date(timestamp);
  return isDate(date) ? times.format(date) : "";
}

/** An instant as day and time where the reader is; as it was written, if it is none. */
export function momentLabel(timestamp: string): string {
  const date = new Date(timestamp);
  return isDate(date) ? `${shortDays.format(date)}, ${times.format(date)}` : timestamp;
}

/** How a messenger names a day: today, yesterday, the weekday within the last week, and then the date. */
export function dayLabel(timestamp: string, now: number): string {
  const date = new Date(timestamp);
  if (!isDate(date)) return "Earlier";
  const daysAgo = Math.round((midnight(now) - midnight(date.getTime())) / dayMs);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  if (daysAgo > 1 && daysAgo < 7) return weekdays.format(date);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? daysOfYear : fullDays).format(date);
}

function midnight(instant: number): number {
  return new Date(instant).setHours(0, 0, 0, 0);
}

function isDate(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
