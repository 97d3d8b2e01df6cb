import { usageFailure } from "../errors/failure.ts";

/** A parser for an option that takes names out of a set, divided by commas; `one` is what each of them is, such as `a scope`. */
export function nameList<Name extends string>(
  option: `--${string}`,
  names: readonly Name[],
  one: string,
): (argument: string) => Name[] {
  const isName = (word: string): word is Name => names.some((name) => name === word);
  return (argument) => {
    const words = argument.split(/[\s,]+/).filter((word) => word !== "");
    if (words.length > 0 && words.every(isName)) return words;
    const unknown = words.find((word) => !isName(word));
    throw usageFailure(
      unknown === undefined
        ? `${option} names nothing.`
        : `${option} names "${unknown}", which is not ${one}.`,
      `Choose from ${names.join(",")}`,
      `usage.${option.slice("--".length)}`,
    );
  };
}
