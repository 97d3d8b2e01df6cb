import type { Finding } from "@quickcard/gateway";
import { Failure, usageFailure } from "../errors/failure.ts";
import { addLinkOptions, type LinkOptions, readLink } from "../gateway/genesys-cloud-link.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { text } from "../terminal/terminal-text.ts";

interface DoctorOptions extends LinkOptions {
  publicUrl?: string;
  gateway: string;
}

/** Declares `quickcard doctor`. */
export function addDoctor(parent: QuickcardCommand): void {
  const command = parent
    .command("doctor")
    .summary("find out why the link to Genesys Cloud does not work")
    .description(
      "Look at everything that the link to Genesys Cloud stands on, and say of each what is wrong and how to mend it: region and hosts, clock, credentials, token, each permission by name, the integrations, the webhook and its signature, supported content, the rate limit, the database. Give it the options that `quickcard serve` has. It changes nothing and shows no secret. Ends with 1 where something fails.",
    );
  addLinkOptions(command)
    .option("--public-url <url>", "what the webhook's URL has to begin with")
    .option("--gateway <url>", "where the gateway is reached from here", "http://127.0.0.1:4400")
    .example("quickcard doctor --genesys-region eu_central_1 --genesys-integration <id>")
    .run<DoctorOptions>(runDoctor);
}

const marks = { ok: "✓", warning: "!", failed: "✗", skipped: "–" } as const;

async function runDoctor({ options, output, surroundings }: Invocation<DoctorOptions>): Promise<void> {
  const link = await readLink(options, surroundings);
  if (!link) {
    throw usageFailure(
      "No organisation is named.",
      "Give --genesys-region or --genesys-url, as for `quickcard serve`",
    );
  }
  if (!URL.canParse(options.gateway)) {
    throw usageFailure(`--gateway "${options.gateway}" is no URL.`, "Write it whole: http://127.0.0.1:4400");
  }
  const { examineLink } = await import("@quickcard/gateway");
  const publicUrl = options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl };
  let failures = 0;
  for await (const finding of examineLink({
    link,
    ...publicUrl,
    gatewayUrl: options.gateway,
    now: Date.now,
  })) {
    output.result(finding);
    tell(finding, output);
    if (finding.status === "failed") failures += 1;
  }
  if (failures === 0) return;
  throw new Failure({
    code: "doctor.failed",
    message: `${failures === 1 ? "One thing fails" : `${failures} things fail`}.`,
    fix: "Mend what is marked with ✗, from the top: what is below may depend on it",
  });
}

function tell({ check, status, message, fix }: Finding, output: Invocation<DoctorOptions>["output"]): void {
  output.say(text`${marks[status]} ${check.padEnd(18)} ${message}`);
  if (fix !== undefined) output.say(text`${" ".repeat(21)}${fix}`);
}
