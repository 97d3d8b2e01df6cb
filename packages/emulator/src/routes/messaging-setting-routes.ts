import { notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import {
  changeMessagingSetting,
  createMessagingSetting,
  defaultMessagingSetting,
  findMessagingSetting,
  unsetDefaultMessagingSetting,
} from "../integrations/messaging-settings.ts";
import type { MessagingSettingRecord } from "../organisation/records.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/conversations/messaging/settings";

/** Platform configuration profiles: whether typing goes in and out. */
export const messagingSettingRoutes = [
  route({
    method: "POST",
    path,
    permissions: { all: ["messaging:setting:add"] },
    body: "MessagingSettingRequest",
    handle: ({ organisation, body }) => ({ body: present(createMessagingSetting(organisation, body)) }),
  }),
  route({
    method: "GET",
    path,
    permissions: { all: ["messaging:setting:view"] },
    handle: ({ organisation, query }) => ({
      body: pageOf([...organisation.messagingSettings.values()].map(present), query, path),
    }),
  }),
  route({
    method: "GET",
    path: `${path}/default`,
    permissions: { all: ["messaging:setting:view"] },
    handle: ({ organisation }) => {
      const setting = defaultMessagingSetting(organisation);
      if (setting === undefined) throw notFound("default messaging setting");
      return { body: present(setting) };
    },
  }),
  route({
    method: "PUT",
    path: `${path}/default`,
    permissions: { all: ["messaging:setting:edit"] },
    body: "MessagingSettingDefaultRequest",
    handle: ({ organisation, body }) => {
      const next = findMessagingSetting(organisation, body.settingId);
      unsetDefaultMessagingSetting(organisation);
      return { body: present(organisation.messagingSettings.put(next.id, { ...next, isDefault: true })) };
    },
  }),
  route({
    method: "DELETE",
    path: `${path}/default`,
    permissions: { all: ["messaging:setting:delete"] },
    handle: ({ organisation }) => {
      unsetDefaultMessagingSetting(organisation);
      return {};
    },
  }),
  route({
    method: "GET",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:view"] },
    handle: ({ organisation, params }) => ({
      body: present(findMessagingSetting(organisation, params.messageSettingId)),
    }),
  }),
  route({
    method: "PATCH",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:edit"] },
    body: "MessagingSettingPatchRequest",
    handle: ({ organisation, params, body }) => ({
      body: present(
        changeMessagingSetting(
          organisation,
          findMessagingSetting(organisation, params.messageSettingId),
          body,
        ),
      ),
    }),
  }),
  route({
    method: "DELETE",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:delete"] },
    handle: ({ organisation, params }) => {
      organisation.messagingSettings.delete(findMessagingSetting(organisation, params.messageSettingId).id);
      return {};
    },
  }),
];

function present({ isDefault: _, ...setting }: MessagingSettingRecord) {
  return { ...setting, version: String(setting.version), selfUri: `${path}/${setting.id}` };
}
