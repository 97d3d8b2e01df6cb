import { notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/conversations/messaging/supportedcontent";

/** The one profile that there is: it lets all media through. */
export const defaultSupportedContentId = "0b5a1f52-5d8a-4f0c-9b57-3c7c6f0f1a01";

const anyMedia = [{ type: "*/*" }];

const defaultProfile = {
  id: defaultSupportedContentId,
  name: "Default",
  version: 1,
  mediaTypes: { allow: { inbound: anyMedia, outbound: anyMedia } },
  selfUri: `${path}/${defaultSupportedContentId}`,
};

/** Reading the profile of supported content. */
export const supportedContentRoutes = [
  route({
    method: "GET",
    path,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: ({ query }) => ({ body: pageOf([defaultProfile], query, path) }),
  }),
  route({
    method: "GET",
    path: `${path}/default`,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: () => ({ body: defaultProfile }),
  }),
  route({
    method: "GET",
    path: `${path}/{supportedContentId}`,
    permissions: { all: ["messaging:supportedContent:view"] },
    handle: ({ params }) => {
      if (params.supportedContentId !== defaultProfile.id) throw notFound("supported content profile");
      return { body: defaultProfile };
    },
  }),
];
