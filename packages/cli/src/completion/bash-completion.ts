import type { CompletionNode, Values } from "./completion-tree.ts";

/** A script that completes the command in bash 4 and later. */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.slice(1).map(({ path }) => `"${path}"`);
  return `# Completion of quickcard for bash. Load it with: source <(quickcard completion bash)
_quickcard() {
  local -a typed
  # Bash splits words at ":" and "=", so the line is split here by hand.
  read -ra typed <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *" " ]] && typed+=("")
  local last=$((\${#typed[@]} - 1))
  local current="\${typed[last]}" previous="\${typed[last - 1]}" place="quickcard" word
  for word in "\${typed[@]:1:last - 1}"; do
    case "$place $word" in
      ${paths.join(" | ")}) place="$place $word" ;;
    esac
  done
  local words="" head=""
  case "$place $previous" in
${nodes.flatMap(valueCases).join("\n")}
    *)
      case "$place" in
${nodes.map(wordCase).join("\n")}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -P "$head" -W "$words" -- "\${current#"$head"}"))
  # What bash takes for the current word begins after the last ":".
  if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    local before="\${current%"\${current##*:}"}"
    COMPREPLY=("\${COMPREPLY[@]#"$before"}")
  fi
}
complete -F _quickcard quickcard
`;
}

function valueCases({ path, valueOptions }: CompletionNode): string[] {
  return valueOptions.map(({ flag, values }) => `    "${path} ${flag}") ${valueAction(values)} ;;`);
}

function valueAction(values: Values): string {
  switch (values.kind) {
    case "words":
      return `${values.isList ? `head="\${current%"\${current##*,}"}"; ` : ""}words="${values.words.join(" ")}"`;
    case "files":
      return 'compopt -o filenames 2> /dev/null; COMPREPLY=($(compgen -f -- "$current")); return';
    case "folders":
      return 'compopt -o filenames 2> /dev/null; COMPREPLY=($(compgen -d -- "$current")); return';
    case "anything":
      return "return";
  }
}

function wordCase({ path, subcommands, options, argument }: CompletionNode): string {
  const words = [...subcommands, ...options].map(({ word }) => word);
  return `        "${path}") words="${[...argument, ...words].join(" ")}" ;;`;
}
