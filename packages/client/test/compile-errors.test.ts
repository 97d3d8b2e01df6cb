import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const fixture = "packages/client/test/fixtures/wrong-content.ts";
const flags = [
  "--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --allowImportingTsExtensions",
  "--module nodenext --target es2023 --types node --customConditions @quickcard/source",
].flatMap((line) => line.split(" "));

test("wrong content does not compile, and the compiler names the mistake", async () => {
  const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", `file://${root}`));
  const compiling = promisify(execFile)(process.execPath, [compiler, ...flags, fixture], { cwd: root });
  const { stdout } = (await compiling.catch((error: unknown) => error)) as { stdout: string };
  const lines = readFileSync(new URL("fixtures/wrong-content.ts", import.meta.url), "utf8").split("\n");

  // Each wrong line says beside it what the compiler must say of it.
  const wrong = lines.map((line, index) => [index + 1, line.split(" // says ")[1]] as const);
  const told = stdout.split(/^(?=packages)/m);
  for (const [line, words] of wrong.filter(([, expected]) => expected !== undefined)) {
    expect(told.find((error) => error.includes(`(${line},`))).toContain(words);
  }
  expect(told).toHaveLength(wrong.filter(([, words]) => words !== undefined).length);
});
