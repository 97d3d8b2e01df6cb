import { usageFailure } from "../../errors/failure.ts";
import { asMessage, readMessageFile } from "../../message/message-file.ts";
import { addSendOptions, type SendOptions, sendMessage } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { addSendAudio } from "./audio.ts";
import { addSendCard } from "./card.ts";
import { addSendCarousel } from "./carousel.ts";
import { addSendFile } from "./file.ts";
import { addSendImage } from "./image.ts";
import { addSendLocation } from "./location.ts";
import { addSendMany } from "./many.ts";
import { addSendQuickReply } from "./quick-reply.ts";
import { addSendText } from "./text.ts";
import { addSendVideo } from "./video.ts";

const types = [
  addSendText,
  addSendImage,
  addSendAudio,
  addSendVideo,
  addSendFile,
  addSendLocation,
  addSendQuickReply,
  addSendCard,
  addSendCarousel,
  addSendMany,
];

/** Declares `quickcard send`, which takes a message from a file, and one command for each type of message. */
export function addSend(parent: QuickcardCommand): void {
  const send = parent
    .command("send")
    .summary("send a message to a contact")
    .description("Send a message to a contact: of one of these types, or whole from a file.")
    .usage("[options] | <type> …")
    .argument("[type]")
    .helpCommand("help [type]", "show the help of a type")
    .option("--file <file>", "a file with a message, or its content alone, as JSON; - reads standard input");
  addSendOptions(send)
    .example('quickcard send text "Hello"')
    .example("quickcard send --file message.json --to 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10")
    .run<SendOptions>((invocation, type) => runSend(send, invocation, type));
  for (const addType of types) addType(send);
}

async function runSend(
  send: QuickcardCommand,
  invocation: Invocation<SendOptions>,
  type: string | undefined,
): Promise<void> {
  const { file } = invocation.options;
  if (type !== undefined) await refuseType(type);
  if (file === undefined) send.help({ error: true });
  await sendMessage(invocation, asMessage(await readMessageFile(file, invocation.surroundings)));
}

/** The check of messages knows which type was most likely meant. */
async function refuseType(type: string): Promise<never> {
  const { validate } = await import("@quickcard/content/validate");
  const result = validate({ type });
  const [issue] = result.ok ? [] : result.issues;
  throw usageFailure(
    `Invalid content type: there is no "quickcard send ${type}".`,
    issue?.suggestion ? `Did you mean quickcard send ${issue.suggestion}?` : "See quickcard send --help",
    "usage.unknown_type",
  );
}
