import { video } from "@quickcard/content/builders";
import { operandOrOption } from "../../arguments/operand-or-option.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface VideoOptions extends SendOptions {
  url?: string;
  caption?: string;
  thumbnailUrl?: string;
}

/** Declares `quickcard send video`. */
export function addSendVideo(send: QuickcardCommand): void {
  const command = send
    .command("video")
    .summary("send a film")
    .description("Send a film, by its address.")
    .argument("[url]", "its address, beginning with https:")
    .option("--url <url>", "its address, in place of the argument")
    .option("--caption <text>", "the text under it")
    .option("--thumbnail-url <url>", "a still picture to show until it plays");
  addSendOptions(command)
    .example("quickcard send video https://example.com/tour.mp4")
    .example("quickcard send video --url https://example.com/tour.mp4 --caption Tour")
    .run<VideoOptions>(runSendVideo);
}

async function runSendVideo(invocation: Invocation<VideoOptions>, operand?: string): Promise<void> {
  const { url, caption, thumbnailUrl } = invocation.options;
  await sendContent(invocation, video(operandOrOption(operand, url, "url"), { caption, thumbnailUrl }));
}
