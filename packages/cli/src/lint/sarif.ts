import { isAbsolute, relative, sep } from "node:path";
import type { FileFinding } from "./lint-finding.ts";

/**
 * Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/ (2026-11)
 */
export function toSarif(findings: readonly FileFinding[], version: string, cwd: string): object {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "quickcard lint", version, rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => toResult(finding, rules, cwd)),
      },
    ],
  };
}

function toResult(finding: FileFinding, rules: readonly string[], cwd: string): object {
  const { file, line, column, channel, severity, rule, pointer, effect, message, fix } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: `${channel ? `${channel}: ` : ""}${message}. ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file, cwd) },
          region: { startLine: line, startColumn: column },
        },
        logicalLocations: [{ fullyQualifiedName: pointer, kind: "member" }],
      },
    ],
    properties: { ...(channel && { channel }), ...(effect && { effect }) },
  };
}

/** Relative to the current folder, as code hosts want it. */
function uriOf(file: string, cwd: string): string {
  const path = isAbsolute(file) ? relative(cwd, file) : file;
  return path.split(sep).map(encodeURIComponent).join("/");
}
