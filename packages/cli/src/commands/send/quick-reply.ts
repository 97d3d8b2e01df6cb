import type { Choice } from "@quickcard/content";
import { quickReply } from "@quickcard/content/builders";
import { parseLabelValue } from "../../arguments/label-value.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface QuickReplyOptions extends SendOptions {
  title: string;
  choice: Choice[];
}

/** Declares `quickcard send quick-reply`. */
export function addSendQuickReply(send: QuickcardCommand): void {
  const command = send
    .command("quick-reply")
    .summary("send a question with choices to tap")
    .description(
      "Send a question with choices to tap. The customer sees the label of each choice; its value comes back. The first = divides the two.",
    )
    .requiredOption("--title <text>", "the question above the choices")
    .requiredOption("--choice <label=value>", "a choice; repeatable", collectChoices);
  addSendOptions(command)
    .example(
      'quickcard send quick-reply --title "How can we help you today?"',
      '--choice "Sales=dept_sales" --choice "Support=dept_support"',
    )
    .example("quickcard send quick-reply --title OK? --choice Yes=y --choice No=n --dry-run")
    .run<QuickReplyOptions>(runSendQuickReply);
}

function collectChoices(argument: string, before: Choice[] = []): Choice[] {
  return [...before, parseLabelValue(argument, "--choice", "Sales=dept_sales")];
}

async function runSendQuickReply(invocation: Invocation<QuickReplyOptions>): Promise<void> {
  const { title, choice } = invocation.options;
  await sendContent(invocation, quickReply(title, choice));
}
