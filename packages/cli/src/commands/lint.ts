import type { ChannelName } from "@quickcard/content/channels";
import { Option } from "commander";
import { Failure } from "../errors/failure.ts";
import { channelOption, knownChannels } from "../lint/channel-option.ts";
import { lintFile } from "../lint/lint-file.ts";
import type { FileFinding } from "../lint/lint-finding.ts";
import { toSarif } from "../lint/sarif.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { counted } from "../terminal/counted.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";
import { version } from "../version.ts";

/** A name for several channels. */
type Group = "portable" | "all";

interface LintOptions {
  channel: (ChannelName | Group)[];
  format?: "text" | "json" | "sarif";
  failOn: "error" | "warning";
}

/** Declares `quickcard lint`. */
export function addLint(parent: QuickcardCommand): void {
  parent
    .command("lint")
    .summary("check message files for the channels that they are meant for")
    .description(
      "Check files, each with a message or its content as JSON, for what channels cannot show: what would be refused, cut or invisible there, and how to mend it. Needs no server. For continuous integration: exit code 1 where something is wrong.",
    )
    .argument("<files...>", "the files; - reads standard input")
    .addOption(
      channelOption(
        "a channel to check for; repeatable. portable is every chat app with choices and cards of its own",
        ["portable", "all"],
        ["portable"],
      ),
    )
    .addOption(
      new Option("--format <format>", "text unless told; json is one finding a line").choices([
        "text",
        "json",
        "sarif",
      ]),
    )
    .addOption(
      new Option("--fail-on <severity>", "what exit code 1 begins with")
        .choices(["error", "warning"])
        .default("error"),
    )
    .example("quickcard lint messages/*.json --channel whatsapp --channel sms")
    .example("quickcard lint messages/*.json --format sarif > lint.sarif")
    .run<LintOptions & { json?: boolean }, [string[]]>(runLint);
}

async function runLint(
  { options, output, surroundings }: Invocation<LintOptions & { json?: boolean }>,
  files: string[],
): Promise<void> {
  const format = options.format ?? (options.json ? "json" : "text");
  const channels = await channelsNamed(options.channel);
  const findings: FileFinding[] = [];
  for (const file of files) findings.push(...(await lintFile(file, channels, surroundings)));
  if (format === "sarif")
    output.raw(`${JSON.stringify(toSarif(findings, version(), surroundings.cwd), undefined, 2)}\n`);
  else if (format === "json") for (const finding of findings) output.raw(`${JSON.stringify(finding)}\n`);
  else showFindings(findings, files, output);
  refuse(findings, options.failOn);
}

async function channelsNamed(names: readonly (ChannelName | Group)[]): Promise<ChannelName[]> {
  const { portableChannels } = await import("@quickcard/content/channels");
  const channels = names.flatMap((name) => {
    if (name === "portable") return portableChannels;
    return name === "all" ? knownChannels : [name];
  });
  return [...new Set(channels)];
}

function showFindings(
  findings: readonly FileFinding[],
  files: readonly string[],
  { say, style }: Output,
): void {
  for (const { file, line, column, channel, severity, rule, pointer, message, fix } of findings) {
    const dressed = severity === "error" ? style.red(severity) : style.yellow(severity);
    say(
      text`${style.bold(`${file}:${line}:${column}`)} ${dressed} ${channel ? `${channel}: ` : ""}${message}. ${fix}`,
    );
    say(text`  ${style.dim(`${pointer || "/"}  ${rule}`)}`);
  }
  if (findings.length === 0) say(text`${style.green("Nothing found")} in ${counted(files.length, "file")}.`);
}

/** @throws Failure if a finding is at least as bad as what is not let pass. */
function refuse(findings: readonly FileFinding[], failOn: "error" | "warning"): void {
  const bad = findings.filter(({ severity }) => severity === "error" || failOn === "warning");
  if (bad.length === 0) return;
  const files = new Set(bad.map(({ file }) => file)).size;
  throw new Failure({
    code: "lint_findings",
    message: `${counted(bad.length, "finding")} in ${counted(files, "file")}.`,
    fix: bad.every(({ channel }) => channel)
      ? "Change what is listed, or send it all the same: the gateway adapts what a channel cannot show, and tells how."
      : "Change what is listed: what names no channel can be sent on none.",
    details: { findings: bad.length, files },
  });
}
