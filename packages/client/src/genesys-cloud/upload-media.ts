import type { CallOptions } from "../call-route.ts";
import { ApiError } from "../errors/api-errors.ts";
import type { Send } from "../layers/layer.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { MessageMediaUploadData } from "./conversations.ts";
import type { CommunicationIds, GenesysCloudMessages } from "./genesys-cloud-messages.ts";

/** A file for an agent's message. */
export interface MediaFile {
  /** Without a leading dot and without spaces. */
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What uploading stands on. */
interface UploadTools {
  readonly messages: GenesysCloudMessages;
  /** Sends without a token: the upload goes to another host. */
  readonly send: Send;
  readonly time: TimeAndChance;
  readonly timeoutMs: number;
}

const pollMs = 1000;

/** Uploads a file and waits until it is checked; returns the media id that a message names. */
export async function uploadMedia(
  { messages, send, time, timeoutMs }: UploadTools,
  ids: CommunicationIds,
  { fileName, bytes }: MediaFile,
  options: CallOptions,
): Promise<string> {
  const deadlineMs = time.monotonicMs() + timeoutMs;
  const request = { fileName, contentLengthBytes: bytes.length };
  const upload = await messages.createMediaUpload(ids, request, options);
  const { id, uploadUrl, uploadHeaders } = placeOf(upload);
  await send({
    method: "PUT",
    url: uploadUrl,
    headers: uploadHeaders,
    body: bytes,
    repeatable: true,
    deadlineMs,
    expects: "nothing",
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for (;;) {
    const { status } = await messages.getMedia(ids, id, options);
    if (status === "valid") return id;
    if (status === "invalid" || time.monotonicMs() >= deadlineMs) throw notUsable(fileName, status);
    await time.sleep(pollMs, options.signal);
  }
}

function placeOf({ id, uploadUrl, uploadHeaders = {} }: MessageMediaUploadData) {
  if (id && uploadUrl?.startsWith("http")) {
    const entries = Object.entries(uploadHeaders).map(([name, value]) => [name.toLowerCase(), value]);
    return { id, uploadUrl, uploadHeaders: Object.fromEntries(entries) as Record<string, string> };
  }
  throw new ApiError({
    message: "Genesys Cloud named no place for the file",
    fix: "Try again. If it stays so, ask Genesys Cloud's support.",
    fate: "applied",
  });
}

function notUsable(fileName: string, status: string | undefined): ApiError {
  return new ApiError({
    message: `The file ${JSON.stringify(fileName)} is ${status === "invalid" ? "refused by" : "still being checked by"} Genesys Cloud`,
    fix: "Check its type against the integration's supported content, and its size against 25 MB.",
    fate: "not_applied",
  });
}
