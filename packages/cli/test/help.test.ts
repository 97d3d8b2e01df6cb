import { readdirSync, readFileSync } from "node:fs";
import { commandPath } from "quickcard";
import { expect, test } from "vitest";
import { declaredProgram, withSubcommands } from "./declared-program.ts";
import { renderReference } from "./render-reference.ts";
import { quickcard } from "./run-quickcard.ts";

const commands = withSubcommands(declaredProgram()).filter((command) => command.name() !== "help");

test.each(commands.map((command) => [commandPath(command), command] as const))(
  "the help of %s fits 80 columns and ends with something to try",
  (_, command) => {
    const lines = command.helpInformation().split("\n");

    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(command.description()).not.toBe("");
    if (command.commands.length === 0) expect(command.examples.length).toBeGreaterThan(0);
  },
);

test("every example is a command line that is understood", async () => {
  const examples = commands
    .flatMap((command) => command.examples)
    .filter((line) => line.startsWith("quickcard send"));
  const understood = examples.map(async (line) => {
    const words = wordsOf(line).slice(1);
    // What a file holds is not for an example to say.
    const isFile = words.includes("--file") || words.includes("many");
    return isFile ? 0 : (await quickcard([...words, "--dry-run"], { stdin: "Hi" })).code;
  });

  expect(examples.length).toBeGreaterThan(9);
  expect(new Set(await Promise.all(understood))).toEqual(new Set([0]));
});

test("docs/reference/cli.md is what the command says of itself", async () => {
  const reference = renderReference(declaredProgram());

  await expect(reference).toMatchFileSnapshot("../../../docs/reference/cli.md");
});

test("--version tells the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };

  expect(await quickcard(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("showing the help loads neither gateway nor client nor schemas", () => {
  const source = new URL("../src/", import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const loaded = files.flatMap((file) => staticImports(readFileSync(new URL(file, source), "utf8")));
  const packages = new Set(loaded.filter((name) => !/^(\.|node:)/.test(name)));

  expect(packages).toEqual(new Set(["commander", "@quickcard/content/builders"]));
});

/** What a module loads as soon as it is loaded, types left out. */
function staticImports(module: string): string[] {
  const statements = module.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?"([^"]+)";/gms);
  return [...statements].map(([, name = ""]) => name);
}

/** Splits an example as a shell would, as far as the examples go. */
function wordsOf(line: string): string[] {
  const command = line.replaceAll("\\\n", " ").replace(/<.*/, "");
  return [...command.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}
