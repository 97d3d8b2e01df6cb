import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "@quickcard/emulator";
import type { Vendor } from "@quickcard/emulator/vendors";
import type { RunningGateway } from "@quickcard/gateway";
import { errorCode } from "../errors/error-code.ts";
import { Failure } from "../errors/failure.ts";
import { type DemoAddresses, readDemoAddresses } from "./demo-addresses.ts";
import { startDemoEmulator } from "./demo-emulator.ts";
import { type DemoVendor, startDemoVendor } from "./demo-vendor.ts";
import { freePort } from "./free-port.ts";

/** Where the demo listens and keeps its data. */
export interface DemoOptions {
  /** The gateway's. */
  readonly port: number;
  /** The one that the emulator takes if it is free. */
  readonly emulatorPort: number;
  readonly dataDirectory: string;
  /** The channels whose vendors are stood in for. Default: none. */
  readonly channels?: readonly Vendor[];
}

/** The whole of it on this computer: the gateway, the Genesys Cloud that it is linked to, and channels' vendors. */
export interface Demo {
  readonly gateway: RunningGateway;
  readonly emulator: Emulator;
  readonly vendors: readonly DemoVendor[];
  close(): Promise<void>;
}

/**
 * Starts the demo. Its gateway takes `http:` media, because the demo's own pictures are served from here, tells subscribers
 * on this computer, gives the emulator links to what customers send, and lets the agent desk show the customer's page.
 *
 * @throws Failure if the demo runs already.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { DataInUseError } = await import("@quickcard/gateway");
  const { EmulatorDataInUseError } = await import("@quickcard/emulator");
  try {
    return await startAll(options);
  } catch (error) {
    const isInUse = error instanceof DataInUseError || error instanceof EmulatorDataInUseError;
    throw isInUse ? alreadyRunning(await readDemoAddresses(options.dataDirectory), error) : error;
  }
}

async function startAll({ port, emulatorPort, dataDirectory, channels = [] }: DemoOptions): Promise<Demo> {
  const { serve, webChannel } = await import("@quickcard/gateway");
  await makeDirectory(dataDirectory);
  const ownPort = port === 0 ? await freePort() : port;
  const running: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const one of running.reverse()) await one.close();
  };
  try {
    const file = join(dataDirectory, "genesys-cloud.jsonl");
    const { emulator, link, callGateway } = await startDemoEmulator(emulatorPort, file, channels);
    running.push(emulator);
    const vendors: DemoVendor[] = [];
    for (const channel of channels) {
      const vendor = await startDemoVendor(channel, { dataDirectory, framedBy: emulator.url });
      vendors.push(vendor);
      running.push(vendor);
    }
    const gateway = await serve({
      port: ownPort,
      host: "127.0.0.1",
      publicUrl: `http://127.0.0.1:${ownPort}`,
      dataDirectory,
      allowHttpMedia: true,
      allowPrivateTargets: true,
      allowHttpTargets: true,
      chatFrameOrigins: [emulator.url],
      channels: [webChannel, ...vendors.map(({ adapter }) => adapter)],
      genesysCloud: link,
    });
    running.push(gateway);
    callGateway(gateway.url);
    for (const vendor of vendors) await vendor.callGateway(gateway.url);
    return { gateway, emulator, vendors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { DataUnavailableError } = await import("@quickcard/gateway");
    throw new DataUnavailableError(
      `${directory} cannot be used: ${errorCode(cause)}.`,
      "Name another folder: --data DIR",
      { cause },
    );
  }
}

function alreadyRunning(addresses: DemoAddresses | undefined, cause: unknown): Failure {
  const { url, deskUrl } = addresses ?? {};
  return new Failure({
    code: "already_running",
    message: `The demo runs already${url ? `, at ${url}` : ""}.`,
    fix: `${deskUrl ? `Open it: ${deskUrl}` : "Use that one"}, or stop it with Ctrl-C in its terminal. For a second one name another folder: --data DIR --port 0`,
    details: { ...addresses },
    cause,
  });
}
