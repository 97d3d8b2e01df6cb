import { startScript } from "../child-process.ts";
import type { UpstreamCounts } from "./upstream.ts";
import type { AppliedMessage, UpstreamSettings } from "./upstream-settings.ts";

/** What an upstream stand-in tells its judge. */
export interface UpstreamState {
  log: AppliedMessage[];
  counts: UpstreamCounts;
}

/** An upstream stand-in that runs in a process of its own. */
export interface UpstreamHandle {
  url: string;
  adminUrl: string;
  /** How many messages it has applied. */
  appliedCount(): Promise<number>;
  read(): Promise<UpstreamState>;
  change(settings: Partial<UpstreamSettings>): Promise<void>;
  stop(): Promise<void>;
}

export async function startUpstream(settings: UpstreamSettings): Promise<UpstreamHandle> {
  const script = new URL("./upstream-process.ts", import.meta.url);
  const process = await startScript<{ url: string; adminUrl: string }>(script, settings);
  const { url, adminUrl } = process.ready;
  const ask = async (path: string) => (await fetch(adminUrl + path)).json();
  return {
    url,
    adminUrl,
    appliedCount: async () => (await ask("/applied-count")) as number,
    read: async () => (await ask("/log")) as UpstreamState,
    async change(changes) {
      await fetch(`${adminUrl}/settings`, { method: "POST", body: JSON.stringify(changes) });
    },
    stop: () => process.end("SIGKILL"),
  };
}
