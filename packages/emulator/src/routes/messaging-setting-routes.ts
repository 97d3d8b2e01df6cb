import { notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { MessagingSettingRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/conversations/messaging/settings";

/** Platform configuration profiles: whether typing goes in and out. */
export const messagingSettingRoutes = [
  route({
    method: "POST",
    path,
    permissions: { all: ["messaging:setting:add"] },
    body: "MessagingSettingRequest",
    handle: ({ organisation, body }) => ({ body: present(create(organisation, body)) }),
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
      const next = find(organisation, body.settingId);
      unsetDefault(organisation);
      return { body: present(organisation.messagingSettings.put(next.id, { ...next, isDefault: true })) };
    },
  }),
  route({
    method: "DELETE",
    path: `${path}/default`,
    permissions: { all: ["messaging:setting:delete"] },
    handle: ({ organisation }) => {
      unsetDefault(organisation);
      return {};
    },
  }),
  route({
    method: "GET",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:view"] },
    handle: ({ organisation, params }) => ({ body: present(find(organisation, params.messageSettingId)) }),
  }),
  route({
    method: "PATCH",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:edit"] },
    body: "MessagingSettingPatchRequest",
    handle: ({ organisation, params, body }) => ({
      body: present(change(organisation, find(organisation, params.messageSettingId), body)),
    }),
  }),
  route({
    method: "DELETE",
    path: `${path}/{messageSettingId}`,
    permissions: { all: ["messaging:setting:delete"] },
    handle: ({ organisation, params }) => {
      organisation.messagingSettings.delete(find(organisation, params.messageSettingId).id);
      return {};
    },
  }),
];

/** Changes the messaging setting of a name, or makes it. */
export function putMessagingSetting(
  organisation: Organisation,
  body: Wire<"MessagingSettingRequest">,
): MessagingSettingRecord {
  const before = [...organisation.messagingSettings.values()].find(({ name }) => name === body.name);
  return before ? change(organisation, before, body) : create(organisation, body);
}

/** The setting of new integrations that name none. */
export function defaultMessagingSetting({ messagingSettings }: Organisation) {
  return [...messagingSettings.values()].find(({ isDefault }) => isDefault);
}

function unsetDefault(organisation: Organisation): void {
  const before = defaultMessagingSetting(organisation);
  if (before !== undefined) organisation.messagingSettings.put(before.id, { ...before, isDefault: false });
}

function create(
  organisation: Organisation,
  { name, content, event }: Wire<"MessagingSettingRequest">,
): MessagingSettingRecord {
  const now = organisation.timestamp();
  const id = organisation.chance.uuid();
  const setting = { id, name, content, event, dateCreated: now, dateModified: now, version: 1 };
  return organisation.messagingSettings.put(id, setting);
}

function change(
  organisation: Organisation,
  before: MessagingSettingRecord,
  { name, content, event }: Wire<"MessagingSettingPatchRequest">,
): MessagingSettingRecord {
  const after = {
    ...before,
    name: name ?? before.name,
    content: content ?? before.content,
    event: event ?? before.event,
    dateModified: organisation.timestamp(),
    version: before.version + 1,
  };
  return organisation.messagingSettings.put(after.id, after);
}

function find({ messagingSettings }: Organisation, id: string | undefined): MessagingSettingRecord {
  const setting = messagingSettings.get(id ?? "");
  if (setting === undefined) throw notFound("messaging setting");
  return setting;
}

function present({ isDefault: _, ...setting }: MessagingSettingRecord) {
  return { ...setting, version: String(setting.version), selfUri: `${path}/${setting.id}` };
}
