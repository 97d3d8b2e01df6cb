import { image } from "@quickcard/content/builders";
import { operandOrOption } from "../../arguments/operand-or-option.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface ImageOptions extends SendOptions {
  url?: string;
  altText?: string;
  caption?: string;
}

/** Declares `quickcard send image`. */
export function addSendImage(send: QuickcardCommand): void {
  const command = send
    .command("image")
    .summary("send a picture")
    .description("Send a picture, by its address.")
    .argument("[url]", "its address, beginning with https:")
    .option("--url <url>", "its address, in place of the argument")
    .option("--alt-text <text>", "what it shows, for those who cannot see it")
    .option("--caption <text>", "the text under it");
  addSendOptions(command)
    .example("quickcard send image https://example.com/red-shoe.jpg")
    .example('quickcard send image --url https://example.com/shoe.jpg --alt-text "A shoe"')
    .run<ImageOptions>(runSendImage);
}

async function runSendImage(invocation: Invocation<ImageOptions>, operand?: string): Promise<void> {
  const { url, altText, caption } = invocation.options;
  await sendContent(invocation, image(operandOrOption(operand, url, "url"), { altText, caption }));
}
