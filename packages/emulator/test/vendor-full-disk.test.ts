import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTelegram } from "@quickcard/emulator/vendors";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canLimitFiles } from "./emulator-process.ts";

/** A process in which a customer writes until the stand-in's file can grow no more, and once more when told to. */
const program = `
  import { createTelegram } from "@quickcard/emulator/vendors";
  const telegram = createTelegram({ token: "42:secret", file: process.argv[1] });
  const ada = telegram.customer("77001", "Ada");
  let said = 0;
  const writing = setInterval(() => ada.type("line " + (said += 1)), 1);
  process.on("warning", ({ message }) => {
    clearInterval(writing);
    process.send({ message, said });
  });
  process.on("message", () => {
    ada.type("line " + (said += 1));
    telegram.close();
    process.disconnect();
  });
`;

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quickcard-stand-in-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

test.skipIf(!canLimitFiles)(
  "a full disk ends no stand-in: it goes on from memory, and keeps all once there is room",
  async () => {
    const file = join(folder, "telegram.jsonl");
    const command = [process.execPath, "--input-type=module", "-e", program, file];
    child = spawn("prlimit", ["--fsize=20000:", ...command], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const [full] = await once(child, "message");
    expect(full.message).toContain(`${file} cannot be used: EFBIG`);

    execFileSync("prlimit", [`--pid=${child.pid}`, "--fsize=unlimited:"]);
    const [kept] = await once(child, "message");
    expect(kept.message).toBe("The stand-in's state is kept again.");
    child.send("once more");
    expect(await once(child, "exit")).toEqual([0, null]);

    const telegram = createTelegram({ token: "42:secret", file });
    expect(telegram.chat("77001")).toHaveLength(kept.said + 1);
    telegram.close();
  },
);
