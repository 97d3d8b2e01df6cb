import type { CompletionNode, Suggestion, Values } from "./completion-tree.ts";

/** A script that completes the command in fish. */
export function fishCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.slice(1).map(({ path }) => quote(path));
  return `# Completion of quickcard for fish. Load it with: quickcard completion fish | source
function __quickcard_place
  set -l place quickcard
  for word in (commandline -opc)[2..]
    if contains -- "$place $word" ${paths.join(" ")}
      set place "$place $word"
    end
  end
  echo $place
end
complete -c quickcard -f
${nodes.flatMap(completions).join("\n")}
`;
}

function completions(node: CompletionNode): string[] {
  const start = `complete -c quickcard -n ${quote(`test (__quickcard_place) = "${node.path}"`)}`;
  const words = [...node.argument.map((word) => ({ word, meaning: "" })), ...node.subcommands];
  return [
    ...words.map(({ word, meaning }) => `${start} -a ${quote(word)} -d ${quote(meaning)}`),
    ...node.options.map((option) => `${start} ${optionFlags(node, option)}`),
  ];
}

function optionFlags(node: CompletionNode, { word, meaning }: Suggestion): string {
  const values = node.valueOptions.find(({ flag }) => flag === word)?.values;
  const value = values === undefined ? "" : ` ${valueFlags(values)}`;
  return `-l ${word.replace(/^--/, "")} -d ${quote(meaning)}${value}`;
}

function valueFlags(values: Values): string {
  switch (values.kind) {
    case "words":
      // fish completes after a comma by itself once the words with the part before are offered.
      return `-x -a ${quote(values.isList ? listWords(values.words) : values.words.join(" "))}`;
    case "files":
      return "-r -F";
    case "folders":
      return '-x -a "(__fish_complete_directories)"';
    case "anything":
      return "-x";
  }
}

function listWords(words: readonly string[]): string {
  return `(__fish_append , ${words.join(" ")})`;
}

function quote(word: string): string {
  return `'${word.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
