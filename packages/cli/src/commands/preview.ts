import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import type { Content } from "@quickcard/content";
import type { ChannelName } from "@quickcard/content/channels";
import { Option } from "commander";
import { usageFailure } from "../errors/failure.ts";
import { channelOption, knownChannels } from "../lint/channel-option.ts";
import { checkMessage } from "../message/message-check.ts";
import { asMessage, readMessageFile } from "../message/message-file.ts";
import type { PictureOptions } from "../preview/take-picture.ts";
import { showPreview } from "../preview/terminal-preview.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";

interface PreviewOptions {
  channel: string[];
  out?: string;
  scheme: "system" | "light" | "dark";
}

/** Declares `quickcard preview`. */
export function addPreview(parent: QuickcardCommand): void {
  parent
    .command("preview")
    .summary("see what each channel makes of a message")
    .description(
      "Show what channels make of a message from a file, here in the terminal, or as a page or picture. Needs no server.",
    )
    .argument("<file>", "a file with a message, or its content alone, as JSON; - reads standard input")
    .addOption(channelOption("a channel to show; repeatable", ["all"], ["all"]))
    .option(
      "--out <file>",
      "write to a file that ends in .html, or in .png (drawn by Chromium, Chrome or Edge through the package playwright-core)",
    )
    .addOption(
      new Option("--scheme <scheme>", "whether a file is light or dark; system is what its reader has set")
        .choices(["system", "light", "dark"])
        .default("system"),
    )
    .example("quickcard preview message.json --channel whatsapp")
    .example("quickcard preview message.json --out preview.html")
    .run<PreviewOptions>(runPreview);
}

async function runPreview(
  { options, output, surroundings }: Invocation<PreviewOptions>,
  file = "",
): Promise<void> {
  const { out, scheme } = options;
  const kind = out === undefined ? undefined : extname(out).toLowerCase();
  if (kind !== undefined && kind !== ".html" && kind !== ".png")
    throw usageFailure("--out is to end in .html or .png.", "Name it so, such as --out preview.html");
  const { content } = await checkMessage(asMessage(await readMessageFile(file, surroundings)));
  const channels = knownChannels.filter(
    (name) => options.channel.includes("all") || options.channel.includes(name),
  );
  if (out === undefined) {
    const columns = Math.min(surroundings.stdout.columns ?? 80, 100);
    await showInTerminal(content, channels, output, columns);
    return;
  }
  const { previewDocument } = await import("@quickcard/web");
  const html = await previewDocument(content, { channels, scheme });
  const target = resolve(surroundings.cwd, out);
  if (kind === ".html") await writeFile(target, html);
  else await drawPicture(html, target, { channels: channels.length, env: surroundings.env });
  output.result({ file: target, channels });
  output.say(text`${output.style.green("Written:")} ${out}`);
}

async function showInTerminal(
  content: Content,
  channels: readonly ChannelName[],
  output: Output,
  columns: number,
): Promise<void> {
  const knowledge = await import("@quickcard/content/channels");
  for (const channel of channels) {
    const result = knowledge.degrade(content, channel);
    output.result(result);
    if (!output.isJson) showPreview(result, knowledge, output, columns);
  }
}

async function drawPicture(html: string, file: string, options: PictureOptions): Promise<void> {
  const { takePicture } = await import("../preview/take-picture.ts");
  await takePicture(html, file, options);
}
