import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../errors/failure.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";
import { prepareDemoProgram } from "./demo-program.ts";
import { playRoundTrip, type TellStep } from "./round-trip.ts";
import { playWithAgent } from "./round-trip-with-agent.ts";
import { startDemo } from "./start-demo.ts";
import { tellStep } from "./tell-step.ts";

const longestPlayMs = 60_000;

/**
 * Plays the round trip on a demo of its own: on free ports, in a folder that is removed afterwards.
 * @throws Failure if a step does not come out as it must, or takes too long.
 */
export async function playOnce(output: Output, stop: AbortSignal): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "quickcard-"));
  const timeout = AbortSignal.timeout(longestPlayMs);
  try {
    await play(directory, AbortSignal.any([stop, timeout]), output);
  } catch (error) {
    throw timeout.aborted && error === timeout.reason ? tookTooLong(error) : error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function play(directory: string, signal: AbortSignal, output: Output): Promise<void> {
  const demo = await startDemo({ port: 0, emulatorPort: 0, dataDirectory: directory });
  const { gateway, emulator } = demo;
  try {
    tellStep(output, "Genesys Cloud ready, emulated", emulator.url);
    tellStep(output, "Gateway ready", gateway.url);
    const program = await prepareDemoProgram(directory, gateway.url, signal);
    tellStep(output, "Customer made", `contact ${program.contact.id}`);
    const tell: TellStep = (step, found) => tellStep(output, step, found);
    await playRoundTrip(program, gateway.url, signal, tell);
    await playWithAgent(program, { emulator, gatewayUrl: gateway.url }, signal, tell);
  } finally {
    await demo.close();
  }
  output.result({ ok: true });
  output.say(text`${output.style.green("The round trip is complete.")}`);
}

function tookTooLong(cause: unknown): Failure {
  return new Failure({
    code: "round_trip_timeout",
    message: `The round trip did not end within ${longestPlayMs / 1000} s: the step after the last one shown hangs.`,
    fix: "Run it again when the computer is less busy; if it stays so, report it.",
    cause,
  });
}
