import { createHash } from "node:crypto";
import type { Context } from "hono";
import { findCommunication } from "../conversations/place.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { readBytes } from "../http/incoming-request.ts";
import { route } from "../http/route.ts";
import type { Answer, OpenExchange } from "../http/serve-exchange.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { MediaRecord } from "../organisation/records.ts";
import { mediaTypeOf } from "./media-type.ts";
import { pageOf } from "./page.ts";

const path =
  "/api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages/media";

/** Where a file is sent to: not a route of the API, so no path of the platform's. */
export const uploadPath = "/uploads/v2/messages/:mediaId";

/** Where a file is fetched from, in the manner of the platform's `api-downloads` host. */
export const downloadPath = "/api/v2/downloads/:mediaId/:key/:name";

/** Uploading files for messages. */
export const mediaRoutes = [
  route({
    method: "POST",
    path: `${path}/uploads`,
    permissions: {
      any: [
        "conversation:message:create",
        "conversation:webmessaging:create",
        "conversation:socialmedia:create",
      ],
    },
    body: "UploadMediaRequest",
    handle: ({ organisation, params, body, origin }) => {
      const { conversation, participant } = findCommunication(organisation, params);
      checkUpload(body.fileName, body.contentLengthBytes);
      const id = organisation.chance.uuid();
      const media = organisation.media.put(id, {
        id,
        conversationId: conversation.id,
        communicationId: participant.communicationId,
        name: body.fileName,
        mediaType: mediaTypeOf(body.fileName),
        contentLengthBytes: body.contentLengthBytes,
        ...(body.contentMd5 === undefined ? {} : { contentMd5: body.contentMd5 }),
        status: "uploading",
        uploadKey: organisation.chance.secret(),
        data: undefined,
      });
      return {
        body: {
          id,
          name: media.name,
          uploadUrl: `${origin}/uploads/v2/messages/${id}`,
          uploadHeaders: { "x-upload-key": media.uploadKey },
          selfUri: selfUri(media),
        },
      };
    },
  }),
  route({
    method: "GET",
    path,
    permissions: { any: ["conversation:messageMedia:view"] },
    handle: ({ organisation, params, query, origin }) => {
      const { participant } = findCommunication(organisation, params);
      const status = query.get("status");
      const all = [...organisation.media.values()].filter(
        (media) =>
          media.communicationId === participant.communicationId &&
          (status === null || media.status === status),
      );
      const listing = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
      return {
        body: pageOf(
          all.map((media) => present(media, origin)),
          query,
          listing,
        ),
      };
    },
  }),
  route({
    method: "GET",
    path: `${path}/{mediaId}`,
    permissions: { any: ["conversation:message:view", "conversation:webmessaging:view"] },
    handle: ({ organisation, params, origin }) => {
      const { participant } = findCommunication(organisation, params);
      const media = organisation.media.get(params.mediaId ?? "");
      if (media?.communicationId !== participant.communicationId) throw notFound("media");
      return { body: present(media, origin) };
    },
  }),
];

/** `MessageMediaData` of a file. */
function present(media: MediaRecord, origin: string) {
  const { id, name, mediaType, contentLengthBytes, status, conversationId, communicationId } = media;
  return {
    id,
    name,
    url: downloadUrl(origin, media),
    mediaType,
    contentLengthBytes,
    status,
    conversationId,
    communicationId,
    selfUri: selfUri(media),
  };
}

/** The address of a file, which carries its own key as signed addresses do. */
export function downloadUrl(origin: string, { id, uploadKey, name }: MediaRecord): string {
  return `${origin}/api/v2/downloads/${id}/${keyOf(uploadKey)}/${encodeURIComponent(name)}`;
}

/** Takes a file; one of another length or checksum than announced makes the media invalid. */
export async function takeUpload(organisation: Organisation, { c }: OpenExchange): Promise<Answer> {
  const media = organisation.media.get(c.req.param("mediaId") ?? "");
  if (media === undefined || c.req.header("x-upload-key") !== media.uploadKey) throw notFound("upload");
  const data = await readBytes(c, limits.mediaBytes.value);
  const isAsAnnounced =
    data.length === media.contentLengthBytes &&
    (media.contentMd5 === undefined || md5(data) === media.contentMd5);
  organisation.media.put(media.id, {
    ...media,
    status: isAsAnnounced ? "valid" : "invalid",
    data: isAsAnnounced ? data.toString("base64") : undefined,
  });
  return { status: 200, body: undefined };
}

/** Gives out a file by its address. */
export function giveDownload({ media }: Organisation, c: Context): Response {
  const found = media.get(c.req.param("mediaId") ?? "");
  if (found?.data === undefined || keyOf(found.uploadKey) !== c.req.param("key"))
    return c.notFound() as Response;
  return new Response(Buffer.from(found.data, "base64"), {
    headers: {
      "Content-Type": found.mediaType,
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** No leading dot, no trailing slash, none of the characters that the platform names (`UploadMediaRequest.fileName`). */
const fileName = /^(?!\.)[^\s\\{^}%`\]">[~<#|]*[^\s\\{^}%`\]">[~<#|/]$/;

function checkUpload(name: string, length: number): void {
  if (!fileName.test(name) || name.length > 255)
    throw new ApiError("bad.request", "fileName has characters that are not allowed.");
  if (length < 1 || length > limits.mediaBytes.value) refuseLength();
}

function refuseLength(): never {
  throw new ApiError("bad.request", `contentLengthBytes should be 1 to ${limits.mediaBytes.value}`);
}

function selfUri({ conversationId, communicationId, id }: MediaRecord): string {
  return `/api/v2/conversations/messages/${conversationId}/communications/${communicationId}/messages/media/${id}`;
}

function keyOf(uploadKey: string): string {
  return createHash("sha256").update(uploadKey).digest("hex").slice(0, 32);
}

function md5(data: Buffer): string {
  return createHash("md5").update(data).digest("base64");
}
