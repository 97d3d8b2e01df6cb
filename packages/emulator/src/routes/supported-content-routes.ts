import { ApiError } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { defaultSupportedContent, findSupportedContent } from "../integrations/supported-contents.ts";
import type { SupportedContentRecord } from "../organisation/records.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/conversations/messaging/supportedcontent";
const onePath = `${path}/{supportedContentId}`;

/** Profiles of supported content: which media go in and out. */
export const supportedContentRoutes = [
  route({
    method: "GET",
    path,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: ({ organisation, query }) => ({
      body: pageOf([...organisation.supportedContents.values()].map(present), query, path),
    }),
  }),
  route({
    method: "POST",
    path,
    permissions: { any: ["messaging:supportedContent:add"] },
    body: "SupportedContent",
    handle: ({ organisation, body: { name, mediaTypes } }) => {
      const { supportedContents, chance, timestamp } = organisation;
      const id = chance.uuid();
      const now = timestamp();
      const profile = {
        id,
        name,
        mediaTypes,
        isDefault: false,
        dateCreated: now,
        dateModified: now,
        version: 1,
      };
      return { body: present(supportedContents.put(id, profile)) };
    },
  }),
  route({
    method: "GET",
    path: `${path}/default`,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: ({ organisation }) => ({ body: present(defaultSupportedContent(organisation)) }),
  }),
  route({
    method: "PUT",
    path: `${path}/default`,
    permissions: { all: ["messaging:supportedContent:edit"] },
    body: "SupportedContentReference",
    handle: ({ organisation, body }) => {
      const next = findSupportedContent(organisation, body.id);
      const before = defaultSupportedContent(organisation);
      organisation.supportedContents.put(before.id, { ...before, isDefault: false });
      return { body: present(organisation.supportedContents.put(next.id, { ...next, isDefault: true })) };
    },
  }),
  route({
    method: "GET",
    path: onePath,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: ({ organisation, params }) => ({
      body: present(findSupportedContent(organisation, params.supportedContentId)),
    }),
  }),
  route({
    method: "PATCH",
    path: onePath,
    permissions: { all: ["messaging:supportedContent:edit"] },
    body: "SupportedContent",
    handle: ({ organisation, params, body }) => {
      const before = findSupportedContent(organisation, params.supportedContentId);
      const after = {
        ...before,
        name: body.name,
        mediaTypes: body.mediaTypes ?? before.mediaTypes,
        dateModified: organisation.timestamp(),
        version: before.version + 1,
      };
      return { body: present(organisation.supportedContents.put(after.id, after)) };
    },
  }),
  route({
    method: "DELETE",
    path: onePath,
    permissions: { all: ["messaging:supportedContent:delete"] },
    handle: ({ organisation, params }) => {
      const { id, isDefault } = findSupportedContent(organisation, params.supportedContentId);
      const isUsed = [...organisation.integrations.values()].some(
        ({ supportedContentId }) => supportedContentId === id,
      );
      if (isDefault || isUsed)
        throw new ApiError("conflict", "The profile is the default one, or an integration has it.");
      organisation.supportedContents.delete(id);
      return {};
    },
  }),
];

function present({ isDefault: _, ...profile }: SupportedContentRecord) {
  return { ...profile, selfUri: `${path}/${profile.id}` };
}
