/** What the process that started this script told it. It ends with that process, however that ends. */
export function settingsFromParent<Settings>(): Settings {
  process.once("disconnect", () => process.exit());
  return JSON.parse(process.argv[2] ?? "") as Settings;
}

/** Tells the process that started this script something; the first time, that it is ready. */
export function tellParent(message: object): void {
  process.send?.(message);
}
