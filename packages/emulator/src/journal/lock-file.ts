import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { EmulatorDataInUseError } from "../emulator-error.ts";

/** Takes a file for this process; one whose process is gone is taken over. Returns what gives it back. @throws EmulatorDataInUseError */
export function lockFile(file: string): () => void {
  const mine = String(process.pid);
  for (let isFirst = true; ; isFirst = false) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = readHolder(file);
      if (!isFirst || (holder !== undefined && isRunning(holder)))
        throw new EmulatorDataInUseError(file, holder);
      rmSync(file, { force: true });
    }
  }
}

function readHolder(file: string): number | undefined {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(holder) && holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
