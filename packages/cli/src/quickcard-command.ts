import { Command, type ErrorOptions, type HelpContext } from "commander";
import { usageFailure } from "./errors/failure.ts";
import type { Surroundings } from "./surroundings.ts";
import { createOutput, type Output } from "./terminal/output.ts";
import { createStyle, hasColour } from "./terminal/style.ts";

/** What a command's work is given. */
export interface Invocation<Options> {
  readonly options: Options;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** What the arguments of most commands are: a list where one is declared to take several. */
type Words = (string | undefined)[];

/** A command's work; the arguments follow in the order in which they were declared. */
export type Handler<Options, Operands extends unknown[] = Words> = (
  invocation: Invocation<Options>,
  ...operands: Operands
) => Promise<void>;

/** A command that shows examples, reports its errors as `Failure`, and has `--json` and `--debug`. */
export class QuickcardCommand extends Command {
  readonly examples: string[] = [];
  readonly #surroundings: Surroundings;

  constructor(name: string, surroundings: Surroundings) {
    super(name);
    this.#surroundings = surroundings;
  }

  override createCommand(name = ""): QuickcardCommand {
    return new QuickcardCommand(name, this.#surroundings);
  }

  /** Adds a line ready to paste to the help. */
  example(...lines: string[]): this {
    this.examples.push(lines.join(" \\\n    "));
    return this;
  }

  /** Says what the command does. Declare it last: `--json` and `--debug` end the list of options. */
  run<Options, Operands extends unknown[] = Words>(handler: Handler<Options, Operands>): this {
    return addRunOptions(this).action(async () => {
      const options = this.optsWithGlobals<Options & { json?: boolean }>();
      const output = createOutput(this.#surroundings, options.json === true);
      const operands = this.processedArgs as Operands;
      await handler({ options, output, surroundings: this.#surroundings }, ...operands);
    });
  }

  override helpInformation(context?: HelpContext): string {
    const help = super.helpInformation(context);
    if (this.examples.length === 0) return help;
    const { bold } = createStyle(hasColour(this.#surroundings.stdout, this.#surroundings.env));
    return `${help}\n${bold("Examples:").value}\n${this.examples.map((line) => `  ${line}\n`).join("")}`;
  }

  /** Shows the help; where commander would show it as an error, names the subcommands instead. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    if (typeof context === "function" || !context?.error) super.help();
    const names = this.commands.map((command) => command.name()).join(", ");
    throw usageFailure(
      `"${commandPath(this)}" needs one of: ${names}.`,
      `See ${commandPath(this)} --help`,
      "usage.missing_command",
    );
  }

  override error(message: string, options?: ErrorOptions): never {
    const [what = "", suggestion = ""] = message
      .replace(/^error: (.)/, (_, first) => first.toUpperCase())
      .split("\n");
    const hint = suggestion.replace(/^\((.*)\)$/, "$1 ");
    throw usageFailure(
      `${what.replace(/\.?$/, ".")}`,
      `${hint}See ${commandPath(this)} --help`,
      `usage.${snakeCase(options?.code?.replace("commander.", "") ?? "invalid")}`,
    );
  }
}

/** The heading in the help of the options that every command has. */
export const generalGroup = "General:";

/** Adds the options that every command has. */
export function addRunOptions<Declared extends Command>(command: Declared): Declared {
  return command
    .optionsGroup(generalGroup)
    .option("--json", "write the result as JSON, one object a line; messages for people go to stderr")
    .option("--debug", "show where in the program an error arose");
}

/** The words that call a command: `quickcard contacts list`. */
export function commandPath(command: Command): string {
  return command.parent ? `${commandPath(command.parent)} ${command.name()}` : command.name();
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
