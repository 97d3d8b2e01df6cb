/** A table in Markdown; the first column is text, the others are figures. */
export function markdownTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const rule = `|${columns.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`;
  return [line(columns), rule, ...rows.map(line)].join("\n");
}
