import type { ChildProcess } from "node:child_process";
import type { ChannelTraits } from "#gateway/channels/channel.ts";
import type { DeliveryPolicy } from "#gateway/delivery/delivery-policy.ts";
import { type ChildScript, startScript } from "./child-process.ts";

/** Where gateways keep what they accept. */
export type StorePlace = { kind: "sqlite"; directory: string } | { kind: "postgres"; url: string };

/** What a gateway process is told. */
export interface GatewayProcessSettings {
  /** 0 takes a free one. */
  port: number;
  store: StorePlace;
  upstreamUrl: string;
  /** Where the upstream's echoes are read, where it sends any. */
  echoesUrl?: string;
  traits: ChannelTraits;
  policy: Partial<DeliveryPolicy> & Pick<DeliveryPolicy, "maxInFlight">;
}

/** The gateways of a run: each a process, which keeps its port however often it is started anew. */
export class GatewayFleet {
  readonly #settings: Omit<GatewayProcessSettings, "port">;
  readonly #gateways: ChildScript<{ port: number }>[] = [];
  readonly #toldToEnd = new WeakSet<ChildProcess>();
  readonly #deaths: string[] = [];

  private constructor(settings: Omit<GatewayProcessSettings, "port">) {
    this.#settings = settings;
  }

  static async start(count: number, settings: Omit<GatewayProcessSettings, "port">): Promise<GatewayFleet> {
    const fleet = new GatewayFleet(settings);
    for (let index = 0; index < count; index += 1) await fleet.#start(index, 0);
    return fleet;
  }

  get size(): number {
    return this.#gateways.length;
  }

  get ports(): number[] {
    return this.#gateways.map(({ ready }) => ready.port);
  }

  /** What gateways said that ended without having been told to. */
  get deaths(): readonly string[] {
    return this.#deaths;
  }

  /** Ends a gateway with no chance to tidy up, and starts another in its place. */
  async killAndRestart(index: number): Promise<void> {
    const gateway = this.#gateway(index);
    this.#toldToEnd.add(gateway.child);
    await gateway.end("SIGKILL");
    await this.#start(index % this.size, gateway.ready.port);
  }

  /** Stops a gateway in the middle of whatever it does, for so long. */
  async freeze(index: number, milliseconds: number): Promise<void> {
    const { child } = this.#gateway(index);
    child.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    child.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    for (const gateway of this.#gateways) {
      this.#toldToEnd.add(gateway.child);
      await gateway.end("SIGKILL");
    }
  }

  #gateway(index: number): ChildScript<{ port: number }> {
    const gateway = this.#gateways[index % this.#gateways.length];
    if (!gateway) throw new Error(`there is no gateway ${index}`);
    return gateway;
  }

  async #start(index: number, port: number): Promise<void> {
    const script = new URL("./gateway-process.ts", import.meta.url);
    const started = await startScript<{ port: number }>(script, { ...this.#settings, port });
    this.#gateways[index] = started;
    started.child.once("exit", (code, signal) => {
      if (this.#toldToEnd.has(started.child)) return;
      this.#deaths.push(`gateway ${index} ended with ${code ?? signal}: ${started.complaints()}`);
    });
  }
}
