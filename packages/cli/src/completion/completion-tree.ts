import type { Command, Option } from "commander";
import { commandPath } from "../quickcard-command.ts";

/** What a word can be completed from. */
export type Values =
  | { readonly kind: "words"; readonly words: readonly string[]; readonly isList: boolean }
  | { readonly kind: "files" | "folders" | "anything" };

/** A word with what it means. */
export interface Suggestion {
  readonly word: string;
  readonly meaning: string;
}

/** An option that takes a value. */
export interface ValueOption {
  readonly flag: string;
  readonly values: Values;
}

/** One command, as a shell has to know it. */
export interface CompletionNode {
  /** The words that call it, such as `quickcard contacts list`. */
  readonly path: string;
  readonly subcommands: readonly Suggestion[];
  readonly options: readonly Suggestion[];
  readonly valueOptions: readonly ValueOption[];
  /** What its first argument can be. */
  readonly argument: readonly string[];
}

/** Lists a command and all below it. */
export function completionNodes(command: Command): CompletionNode[] {
  const options = command.createHelp().visibleOptions(command);
  const node: CompletionNode = {
    path: commandPath(command),
    subcommands: visible(command).map((one) => ({
      word: one.name(),
      meaning: one.summary() || one.description(),
    })),
    options: options.map((option) => ({ word: flagOf(option), meaning: option.description })),
    valueOptions: options
      .filter((option) => option.required || option.optional)
      .map((option) => ({ flag: flagOf(option), values: valuesOf(option) })),
    argument: command.registeredArguments[0]?.argChoices ?? [],
  };
  return [
    node,
    ...visible(command)
      .filter((one) => one.name() !== "help")
      .flatMap(completionNodes),
  ];
}

function visible(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function flagOf(option: Option): string {
  return option.long ?? option.flags;
}

/** The placeholder in an option's flags says what its value is: `<file>`, `<dir>`, or `<list>` for commas. */
function valuesOf(option: Option): Values {
  const placeholder = /<([^>]+)>/.exec(option.flags)?.[1];
  if (option.argChoices) return { kind: "words", words: option.argChoices, isList: placeholder === "list" };
  if (placeholder === "file") return { kind: "files" };
  if (placeholder === "dir") return { kind: "folders" };
  return { kind: "anything" };
}
