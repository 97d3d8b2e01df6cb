/** A moment as the user's clock shows it: `2026-11-22 14:03:07`. Swedes write dates like this. */
export function localTime(timestamp: string): string {
  const moment = new Date(timestamp);
  return Number.isNaN(moment.getTime()) ? timestamp : moment.toLocaleString("sv-SE");
}
