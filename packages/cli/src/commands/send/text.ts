import { text } from "@quickcard/content/builders";
import { operandOrOption } from "../../arguments/operand-or-option.ts";
import { readBoundedText } from "../../bounded-text.ts";
import { largestMessage } from "../../message/largest-message.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface TextOptions extends SendOptions {
  text?: string;
}

/** Declares `quickcard send text`. */
export function addSendText(send: QuickcardCommand): void {
  const command = send
    .command("text")
    .summary("send plain text")
    .description("Send plain text.")
    .argument("[text]", "the text; - reads it from standard input")
    .option("--text <text>", "the text, in place of the argument");
  addSendOptions(command)
    .example('quickcard send text "Your parcel is on its way."')
    .example("quickcard send text - < reply.txt")
    .run<TextOptions>(runSendText);
}

async function runSendText(invocation: Invocation<TextOptions>, operand?: string): Promise<void> {
  const given = operandOrOption(operand, invocation.options.text, "text");
  const { stdin } = invocation.surroundings;
  const written = given === "-" ? await readBoundedText(stdin, "Standard input", largestMessage) : given;
  await sendContent(invocation, text(written));
}
