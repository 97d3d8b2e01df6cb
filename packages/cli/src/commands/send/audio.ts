import { audio } from "@quickcard/content/builders";
import { operandOrOption } from "../../arguments/operand-or-option.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface AudioOptions extends SendOptions {
  url?: string;
  caption?: string;
}

/** Declares `quickcard send audio`. */
export function addSendAudio(send: QuickcardCommand): void {
  const command = send
    .command("audio")
    .summary("send a sound recording")
    .description("Send a sound recording, by its address.")
    .argument("[url]", "its address, beginning with https:")
    .option("--url <url>", "its address, in place of the argument")
    .option("--caption <text>", "the text under it");
  addSendOptions(command)
    .example("quickcard send audio https://example.com/welcome.mp3")
    .example("quickcard send audio --url https://example.com/welcome.mp3 --caption Welcome")
    .run<AudioOptions>(runSendAudio);
}

async function runSendAudio(invocation: Invocation<AudioOptions>, operand?: string): Promise<void> {
  const { url, caption } = invocation.options;
  await sendContent(invocation, audio(operandOrOption(operand, url, "url"), { caption }));
}
