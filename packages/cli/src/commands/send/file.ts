import { file } from "@quickcard/content/builders";
import { operandOrOption } from "../../arguments/operand-or-option.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface FileOptions extends SendOptions {
  url?: string;
  filename?: string;
  mimeType?: string;
  caption?: string;
}

/** Declares `quickcard send file`. */
export function addSendFile(send: QuickcardCommand): void {
  const command = send
    .command("file")
    .summary("send a file to download")
    .description("Send a file to download, by its address.")
    .argument("[url]", "its address, beginning with https:")
    .option("--url <url>", "its address, in place of the argument")
    .option("--filename <name>", "the name it is shown and saved under")
    .option("--mime-type <type>", "its type, such as application/pdf")
    .option("--caption <text>", "the text under it");
  addSendOptions(command)
    .example("quickcard send file https://example.com/invoice.pdf")
    .example("quickcard send file --url https://example.com/17 --filename invoice.pdf")
    .run<FileOptions>(runSendFile);
}

async function runSendFile(invocation: Invocation<FileOptions>, operand?: string): Promise<void> {
  const { url, filename, mimeType, caption } = invocation.options;
  await sendContent(invocation, file(operandOrOption(operand, url, "url"), { filename, mimeType, caption }));
}
