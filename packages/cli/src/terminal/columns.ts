import { escapeForTerminal, joined, TerminalText } from "./terminal-text.ts";

/** Lays rows out as a table: each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): TerminalText[] {
  const cells = rows.map((row) => row.map(escapeForTerminal));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) => {
    const padded = row.map((cell, column) => new TerminalText(cell.padEnd(widths[column] ?? 0)));
    return new TerminalText(joined(padded, "  ").value.trimEnd());
  });
}
