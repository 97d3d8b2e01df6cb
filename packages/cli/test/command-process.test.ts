import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, test } from "vitest";
import { emptyFolder } from "./run-quickcard.ts";

const command = fileURLToPath(new URL("../bin/quickcard.js", import.meta.url));
const running: ChildProcess[] = [];

beforeAll(() => {
  if (!existsSync(new URL("../dist/main.js", import.meta.url))) throw new Error("run `npm run build` first");
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function start(...words: string[]): ChildProcess {
  const child = spawn(command, words, {
    cwd: emptyFolder(),
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

/** Starts a gateway and waits until it is ready. */
async function startServe(): Promise<{ child: ChildProcess; firstChunk: string }> {
  const child = start("serve", "--port", "0");
  const [chunk] = child.stdout ? await once(child.stdout, "data") : [""];
  return { child, firstChunk: String(chunk) };
}

test("the command runs by its name, without node before it", async () => {
  const child = start("--version");
  const exited = once(child, "exit");
  const [version] = child.stdout ? await once(child.stdout, "data") : [""];

  expect(String(version)).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await exited).toEqual([0, null]);
});

test("serve says on one line that it is ready, and where", async () => {
  const { firstChunk } = await startServe();

  expect(firstChunk).toMatch(/^quickcard gateway ready at http:\/\/127\.0\.0\.1:\d+\n/);
});

test.each(["SIGINT", "SIGTERM"] as const)("serve ends well on %s", async (signal) => {
  const { child } = await startServe();
  const exited = once(child, "exit");
  child.kill(signal);

  expect(await exited).toEqual([0, null]);
});

test("a second signal ends serve at once, while it waits for a request under way", async () => {
  const { child, firstChunk } = await startServe();
  const { hostname, port } = new URL(/http:\S+/.exec(firstChunk)?.[0] ?? "");
  const exited = once(child, "exit");
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write("POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
  await once(socket, "data");
  child.kill("SIGINT");
  if (child.stdout) await once(child.stdout, "data");
  child.kill("SIGINT");

  expect(await exited).toEqual([130, null]);
});

test("a reader that has seen enough ends the command quietly", async () => {
  const shell = `${JSON.stringify(command)} completion bash | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const output = await new Promise<string>((resolve, reject) => {
    execFile("bash", ["-c", shell], (error, stdout, stderr) =>
      error ? reject(error) : resolve(stdout + stderr),
    );
  });

  expect(output).toMatch(/^# Completion.*\n0\n$/);
});

test("a failure's exit code reaches the shell, and standard output stays empty", async () => {
  const child = start("contacts", "list", "--json");
  const exited = once(child, "exit");
  const [report] = child.stderr ? await once(child.stderr, "data") : [""];

  expect(JSON.parse(String(report))).toMatchObject({ error: { code: "missing_credentials" } });
  expect(await exited).toEqual([2, null]);
});
