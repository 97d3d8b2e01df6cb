import { Argument } from "commander";
import { bashCompletion } from "../completion/bash-completion.ts";
import { type CompletionNode, completionNodes } from "../completion/completion-tree.ts";
import { fishCompletion } from "../completion/fish-completion.ts";
import { zshCompletion } from "../completion/zsh-completion.ts";
import type { QuickcardCommand } from "../quickcard-command.ts";

const scripts: Readonly<Record<string, (nodes: readonly CompletionNode[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Declares `quickcard completion`. */
export function addCompletion(parent: QuickcardCommand): void {
  parent
    .command("completion")
    .summary("print a script that completes this command in your shell")
    .description("Print a script that completes commands, options and their values in your shell.")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(scripts)))
    .example("source <(quickcard completion bash)      # in ~/.bashrc")
    .example("source <(quickcard completion zsh)       # in ~/.zshrc, after compinit")
    .example("quickcard completion fish | source       # in ~/.config/fish/config.fish")
    .run(async ({ output }, shell = "") => {
      const script = scripts[shell]?.(completionNodes(parent)) ?? "";
      if (output.isJson) output.result({ shell, script });
      else output.raw(script);
    });
}
