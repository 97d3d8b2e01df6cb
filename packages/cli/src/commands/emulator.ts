import { resolve } from "node:path";
import type { Emulator, Refusal } from "@quickcard/emulator";
import { wholeNumber } from "../arguments/number-option.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";
import { troubleLine } from "../terminal/trouble-line.ts";
import { untilAborted } from "../until-aborted.ts";

interface EmulatorCommandOptions {
  port: number;
  host: string;
  allowRemote?: boolean;
  file: string;
  memory?: boolean;
  rateLimit: number;
}

/** Declares `quickcard emulator`. */
export function addEmulator(parent: QuickcardCommand): void {
  parent
    .command("emulator")
    .summary("run Genesys Cloud on this machine")
    .description(
      "Run an emulator of Genesys Cloud's Open Messaging: its published API, its login host, signed webhooks, agents and bots. It stops on Ctrl-C or SIGTERM; what it knows is in a file.",
    )
    .option(
      "--port <number>",
      "port to listen on; 0 takes a free one",
      wholeNumber("--port", 0, 65_535),
      4480,
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--allow-remote", "let --host be one that other machines reach")
    .option("--file <path>", "where its state is kept", "quickcard-emulator.jsonl")
    .option("--memory", "keep nothing")
    .option(
      "--rate-limit <number>",
      "requests a minute for each token",
      wholeNumber("--rate-limit", 1, 1_000_000),
      300,
    )
    .example("quickcard emulator")
    .example("quickcard emulator --memory --port 0 --json")
    .run<EmulatorCommandOptions>(runEmulator);
}

async function runEmulator({
  options,
  output,
  surroundings,
}: Invocation<EmulatorCommandOptions>): Promise<void> {
  const { createEmulator } = await import("@quickcard/emulator");
  const file = options.memory ? undefined : resolve(surroundings.cwd, options.file);
  const emulator = await createEmulator({
    ...(file === undefined ? {} : { file }),
    rateLimitPerMinute: options.rateLimit,
    warn: (message) => output.warn(text`${message}`),
  });
  try {
    const { port, host, allowRemote = false } = options;
    await emulator.listen({ port, host, allowRemote });
    tell(output, emulator, file);
    await tellTroubles(output, emulator);
    await untilAborted(surroundings.signal);
  } finally {
    await emulator.close();
  }
}

function tell(output: Output, { url, loginUrl, deskUrl }: Emulator, file: string | undefined): void {
  output.result({ ready: true, url, loginUrl, deskUrl });
  output.say(text`emulator of Genesys Cloud ready at ${url}`);
  output.say(text`  Agent desk:   ${deskUrl}`);
  output.say(text`  Tokens:       ${loginUrl}/oauth/token`);
  output.say(text`  Its state:    ${file ?? "in memory, gone with it"}`);
  output.say(
    text`  A client:     curl -X POST ${url}/emulator/clients -H content-type:application/json -d {}`,
  );
  output.say(text`  What it does: docs/reference/emulator.md`);
}

/** Whether it is for a state that cannot be kept, of which the emulator itself warns, once. */
function isWarnedOf({ kind, status, isOnPurpose }: Refusal): boolean {
  return kind === "request" && status === 503 && !isOnPurpose;
}

/** Says on standard error what is refused and which webhooks are not taken, with what to do; the same time and again, once. */
async function tellTroubles({ warn, warningStyle }: Output, { wireLog }: Emulator): Promise<void> {
  const { adviseOn, refusalOf } = await import("@quickcard/emulator");
  let last = "";
  wireLog.listen((entry) => {
    const refusal = refusalOf(entry);
    if (refusal === undefined || isWarnedOf(refusal)) return;
    const line = troubleLine(refusal, adviseOn(entry), warningStyle);
    if (line.value === last) return;
    last = line.value;
    warn(line);
  });
}
