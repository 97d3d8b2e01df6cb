import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, quickcard } from "./run-quickcard.ts";

const folder = emptyFolder();
beforeAll(() => writeFileSync(join(folder, "message.json"), "{}"));

/** How each shell is asked for what it would offer for a line. */
const ask: Record<string, (scriptFile: string, line: string) => [string, string[]]> = {
  bash: (scriptFile, line) => [
    "bash",
    [
      "--norc",
      "-c",
      `source "$1"; COMP_LINE="$2" COMP_POINT=\${#2}; _quickcard; printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      scriptFile,
      line,
    ],
  ],
  fish: (scriptFile, line) => [
    "fish",
    ["--no-config", "-c", `source ${scriptFile}; complete -C '${line}' | cut -f1`],
  ],
};

async function offered(shell: string, line: string): Promise<string[]> {
  const { stdout } = await quickcard(["completion", shell]);
  const scriptFile = join(folder, `completion.${shell}`);
  writeFileSync(scriptFile, stdout);
  const [program, words] = ask[shell]?.(scriptFile, line) ?? ["", []];
  const answer = execFileSync(program, words, {
    encoding: "utf8",
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  return answer
    .split("\n")
    .filter((word) => word !== "")
    .sort();
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ["-c", "exit 0"], { env: { ...process.env, HOME: folder } });
    return true;
  } catch {
    console.warn(`skipped: ${shell} is not installed`);
    return false;
  }
}

describe.each(Object.keys(ask))("in %s", (shell) => {
  test.skipIf(!isInstalled(shell)).each([
    ["quickcard con", ["contacts"]],
    ["quickcard contacts re", ["reopen"]],
    ["quickcard contacts list --sta", ["--state"]],
    [
      "quickcard contacts create --channel ",
      ["custom", "instagram", "line", "messenger", "telegram", "web", "whatsapp"],
    ],
    ["quickcard clients create --name x --scopes m", ["messages:send"]],
    ["quickcard send qu", ["quick-reply"]],
    ["quickcard send --file mess", ["message.json"]],
    ["quickcard send card --to contact-1 --post", ["--postback"]],
    ["quickcard completion f", ["fish"]],
  ])("%j is completed to %j", async (line, words) => {
    expect(await offered(shell, line)).toEqual(words);
  });
});

test.skipIf(!isInstalled("bash"))(
  "bash completes a list of scopes after a comma, though it splits words at a colon",
  async () => {
    expect(await offered("bash", "quickcard clients create --scopes messages:send,conversations:")).toEqual([
      "read",
      "write",
    ]);
  },
);

test.skipIf(!isInstalled("zsh"))("zsh takes its script without a complaint", async () => {
  const { stdout } = await quickcard(["completion", "zsh"]);
  const scriptFile = join(folder, "completion.zsh");
  writeFileSync(scriptFile, stdout);
  const script = 'autoload -Uz compinit; compinit -D; source "$1"; print -r -- $_comps[quickcard]';

  expect(execFileSync("zsh", ["-f", "-c", script, "zsh", scriptFile], { encoding: "utf8" })).toBe(
    "_quickcard\n",
  );
});
