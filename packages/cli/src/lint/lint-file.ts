import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Content, Issue } from "@quickcard/content";
import type { ChannelName, LintFinding } from "@quickcard/content/channels";
import { readBoundedText } from "../bounded-text.ts";
import { explainError } from "../errors/explain-error.ts";
import { largestMessage } from "../message/largest-message.ts";
import { isMessage, readableMessage, withoutSchema } from "../message/message-file.ts";
import type { Surroundings } from "../surroundings.ts";
import { createJsonPositions } from "./json-positions.ts";
import type { FileFinding } from "./lint-finding.ts";

/**
 * Checks a file, which holds a message or its content alone, for channels. That it cannot be read, or is not JSON, is
 * a finding too, so that the others are checked all the same.
 */
export async function lintFile(
  file: string,
  channels: readonly ChannelName[],
  { stdin, cwd, signal }: Surroundings,
): Promise<FileFinding[]> {
  const name = file === "-" ? "stdin" : file;
  const source = file === "-" ? stdin : createReadStream(resolve(cwd, file));
  let json: string;
  try {
    json = await readBoundedText(source, name, largestMessage);
  } catch (error) {
    return [unreadable(name, error, signal)];
  }
  return lintText(name, json, channels);
}

/** @throws `error` itself, where it is not the file's fault. */
function unreadable(file: string, error: unknown, signal: AbortSignal): FileFinding {
  const { code, message, cause = message, fix, outcome } = explainError(error, signal);
  if (outcome !== "failed") throw error;
  const isPattern = code === "ENOENT" && /[*?]/.test(file);
  return {
    file,
    line: 1,
    column: 1,
    severity: "error",
    rule: "unreadable",
    pointer: "",
    message: isPattern ? "No file fits this pattern" : cause.replace(/\.$/, ""),
    fix: `${fix.replace(/\.$/, "")}.`,
  };
}

async function lintText(
  name: string,
  json: string,
  channels: readonly ChannelName[],
): Promise<FileFinding[]> {
  const parsed = await readableMessage(json);
  if (!parsed.ok) return [{ file: name, ...parsed.fault, severity: "error", pointer: "" }];
  return lintValue(withoutSchema(parsed.value), channels, (found) => ({
    file: name,
    ...createJsonPositions(json)(found.pointer),
    ...found,
  }));
}

type Located = (found: Omit<FileFinding, "file" | "line" | "column">) => FileFinding;

async function lintValue(
  value: unknown,
  channels: readonly ChannelName[],
  locate: Located,
): Promise<FileFinding[]> {
  const checked = await checkValue(value);
  if (!checked.ok) return checked.issues.map((issue) => locate(ofIssue(issue)));
  const { lint } = await import("@quickcard/content/channels");
  return channels.flatMap((channel) =>
    lint(checked.content, channel).map((finding) => locate(ofFinding(finding, channel, checked.prefix))),
  );
}

type Checked = { ok: true; content: Content; prefix: string } | { ok: false; issues: Issue[] };

async function checkValue(value: unknown): Promise<Checked> {
  const { validate, validateMessage } = await import("@quickcard/content/validate");
  if (isMessage(value)) {
    const result = validateMessage(value, { allowHttp: true });
    return result.ok ? { ok: true, content: result.message.content, prefix: "/content" } : result;
  }
  const result = validate(value, { allowHttp: true });
  return result.ok ? { ok: true, content: result.content, prefix: "" } : result;
}

function ofIssue({ pointer, code, message, fix }: Issue): Omit<FileFinding, "file" | "line" | "column"> {
  return { severity: "error", rule: code, pointer, message, fix };
}

function ofFinding(
  { pointer, limit, severity, effect, message, fix }: LintFinding,
  channel: ChannelName,
  prefix: string,
): Omit<FileFinding, "file" | "line" | "column"> {
  return { channel, severity, rule: limit, pointer: prefix + pointer, effect, message, fix };
}
