import type { MessageBody } from "@quickcard/content";
import { message } from "@quickcard/content/builders";
import { collectEntries } from "../arguments/label-value.ts";
import { targetContact } from "../arguments/target-contact.ts";
import { variables } from "../environment.ts";
import { usageFailure } from "../errors/failure.ts";
import {
  addConnectionOptions,
  type ConnectionOptions,
  readConnection,
  withClient,
} from "../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { text } from "../terminal/terminal-text.ts";
import { dryRunSend, showDryRun } from "./dry-run.ts";
import { checkMessage } from "./message-check.ts";

/** The options of every `quickcard send`. */
export interface SendOptions extends ConnectionOptions {
  to?: string;
  metadata?: Record<string, string>;
  idempotencyKey?: string;
  dryRun?: boolean;
  /** Of `quickcard send` itself. */
  file?: string;
}

/** Adds the options of every `quickcard send`. */
export function addSendOptions(command: QuickcardCommand): QuickcardCommand {
  command
    .optionsGroup("Sending:")
    .option("--to <contact>", `the contact's id, in place of ${variables.contactId}`)
    .option(
      "--metadata <key=value>",
      "something to hear again in events; repeatable",
      collectEntries("--metadata"),
    )
    .option("--idempotency-key <key>", "the same key again does not send twice")
    .option("--dry-run", "show the exact request and send nothing; needs no credentials");
  return addConnectionOptions(command);
}

/** Sends a content to the contact, or shows the request with `--dry-run`. */
export async function sendContent(
  invocation: Invocation<SendOptions>,
  content: MessageBody["content"],
): Promise<void> {
  if (invocation.options.file !== undefined) {
    throw usageFailure("--file and a type of message exclude each other.", "Give one of them.");
  }
  await sendMessage(invocation, message(content));
}

/** Sends a whole message from outside, or shows the request with `--dry-run`. */
export async function sendMessage(invocation: Invocation<SendOptions>, unchecked: unknown): Promise<void> {
  const body = withMetadata(await checkMessage(unchecked), invocation.options.metadata);
  await checkMessage(body);
  if (invocation.options.dryRun) await showRequest(invocation, body);
  else await send(invocation, body);
}

function withMetadata(body: MessageBody, metadata: Record<string, string> | undefined): MessageBody {
  return metadata ? { ...body, metadata: { ...body.metadata, ...metadata } } : body;
}

async function send(invocation: Invocation<SendOptions>, body: MessageBody): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { idempotencyKey } = options;
  const sent = await withClient(invocation, (client, environment) =>
    client.messages.send(targetContact(options.to, environment), body, {
      idempotencyKey,
      signal: surroundings.signal,
    }),
  );
  output.result(sent);
  output.say(
    text`${output.style.green("Sent:")} message ${sent.id} to contact ${sent.contactId}, ${sent.status}.`,
  );
  for (const notice of sent.notices)
    output.warn(text`Changed for the channel: ${notice.message} (${notice.path})`);
  output.say(output.style.dim(`How far it comes: quickcard history --to ${sent.contactId}`));
}

async function showRequest(invocation: Invocation<SendOptions>, body: MessageBody): Promise<void> {
  const { options, output } = invocation;
  const { baseUrl, contactId } = await readConnection(invocation);
  const target = options.to ?? contactId;
  if (target === undefined) {
    output.warn(text`No contact was named: ${variables.contactId} stands for one.`);
  }
  const request = await dryRunSend(baseUrl, target ?? variables.contactId, body, options.idempotencyKey);
  output.result(request);
  if (!output.isJson) showDryRun(request, output);
}
