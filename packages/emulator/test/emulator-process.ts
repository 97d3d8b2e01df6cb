import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const builtCommand = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));

/** `quickcard emulator`, in a process of its own. */
export interface EmulatorProcess {
  url: string;
  /** Calls it with JSON. Rejects where the connection ends without an answer. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator answered
  call(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; body: any }>;
  /** What it wrote on standard error so far. */
  complaints(): string;
  /** Resolves once what it wrote on standard error matches. */
  complained(pattern: RegExp): Promise<void>;
  /** Lets its files grow without end from now on. */
  liftFileLimit(): void;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** Whether a process's files can be limited from outside, as a full disk would. */
export const canLimitFiles = spawnSync("prlimit", ["--version"]).status === 0;

/** Runs `quickcard emulator` on a file, which cannot grow beyond `mostFileBytes`. Rejects where it ends before it is ready. */
export async function startEmulatorProcess(file: string, mostFileBytes?: number): Promise<EmulatorProcess> {
  const words = ["emulator", "--port", "0", "--file", file, "--rate-limit", "1000000", "--json"];
  const command = [process.execPath, builtCommand, ...words];
  // The soft limit alone: it can be lifted again.
  const limited =
    mostFileBytes === undefined ? command : ["prlimit", `--fsize=${mostFileBytes}:`, ...command];
  const child = spawn(limited[0] as string, limited.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const [ready] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(([code]) => {
      throw new Error(`quickcard emulator ended with ${code} before it was ready: ${complaints}`);
    }),
  ]);
  const { url } = JSON.parse(ready) as { url: string };
  return {
    url,
    async call(method, path, body, token) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          "content-type": "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await response.text();
      return { status: response.status, body: answer === "" ? undefined : JSON.parse(answer) };
    },
    complaints: () => complaints,
    async complained(pattern) {
      while (!pattern.test(complaints)) await Promise.race([once(child.stderr, "data"), exited.then(refuse)]);
      function refuse([code]: unknown[]): never {
        throw new Error(`quickcard emulator ended with ${code}: ${complaints}`);
      }
    },
    liftFileLimit: () => void execFileSync("prlimit", [`--pid=${child.pid}`, "--fsize=unlimited:"]),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Makes a client with a token, and an integration whose webhooks go to a URL. */
export async function furnishProcess(
  { url, call }: EmulatorProcess,
  webhookUrl: string,
  webhookSecret: string,
) {
  const { body: client } = await call("POST", "/emulator/clients", {});
  const { body: integration } = await call("POST", "/emulator/integrations", {
    name: "Shop",
    outboundNotificationWebhookUrl: webhookUrl,
    outboundNotificationWebhookSignatureSecretToken: webhookSecret,
  });
  const answer = await fetch(`${url}/login/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client.id,
      client_secret: client.secret,
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return { integrationId: integration.id as string, token };
}
