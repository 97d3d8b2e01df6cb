import type { CompletionNode, Suggestion, Values } from "./completion-tree.ts";

/** A script that completes the command in zsh. */
export function zshCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.slice(1).map(({ path }) => `"${path}"`);
  return `#compdef quickcard
# Completion of quickcard for zsh. Load it with: source <(quickcard completion zsh)
_quickcard() {
  local place="quickcard" word
  local -a suggestions
  for word in \${words[2,CURRENT-1]}; do
    case "$place $word" in
      (${paths.join("|")}) place="$place $word" ;;
    esac
  done
  case "$place \${words[CURRENT-1]}" in
${nodes.flatMap(valueCases).join("\n")}
  esac
  case "$place" in
${nodes.map(wordCase).join("\n")}
  esac
  _describe quickcard suggestions
}
compdef _quickcard quickcard
`;
}

function valueCases({ path, valueOptions }: CompletionNode): string[] {
  return valueOptions.map(({ flag, values }) => `    ("${path} ${flag}") ${valueAction(values)}; return ;;`);
}

function valueAction(values: Values): string {
  switch (values.kind) {
    case "words":
      return `${values.isList ? "compset -P '*,'; " : ""}compadd -- ${values.words.join(" ")}`;
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "anything":
      return "_message value";
  }
}

function wordCase({ path, subcommands, options, argument }: CompletionNode): string {
  const suggestions = [...argument.map((word) => ({ word, meaning: "" })), ...subcommands, ...options];
  return `    ("${path}") suggestions=(${suggestions.map(describe).join(" ")}) ;;`;
}

function describe({ word, meaning }: Suggestion): string {
  const [shownWord, shownMeaning] = [word, meaning].map((part) => part.replaceAll(":", "\\:"));
  return `'${`${shownWord}:${shownMeaning}`.replaceAll("'", "'\\''")}'`;
}
