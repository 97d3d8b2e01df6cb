import { notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { MessagingSettingRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";

/** Changes the messaging setting of a name, or makes it. */
export function putMessagingSetting(
  organisation: Organisation,
  body: Wire<"MessagingSettingRequest">,
): MessagingSettingRecord {
  const before = [...organisation.messagingSettings.values()].find(({ name }) => name === body.name);
  return before
    ? changeMessagingSetting(organisation, before, body)
    : createMessagingSetting(organisation, body);
}

/** The setting of new integrations that name none. */
export function defaultMessagingSetting({ messagingSettings }: Organisation) {
  return [...messagingSettings.values()].find(({ isDefault }) => isDefault);
}

/** Leaves new integrations without a setting of their own. */
export function unsetDefaultMessagingSetting(organisation: Organisation): void {
  const before = defaultMessagingSetting(organisation);
  if (before !== undefined) organisation.messagingSettings.put(before.id, { ...before, isDefault: false });
}

export function createMessagingSetting(
  organisation: Organisation,
  { name, content, event }: Wire<"MessagingSettingRequest">,
): MessagingSettingRecord {
  const now = organisation.timestamp();
  const id = organisation.chance.uuid();
  const setting = { id, name, content, event, dateCreated: now, dateModified: now, version: 1 };
  return organisation.messagingSettings.put(id, setting);
}

export function changeMessagingSetting(
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

/** @throws ApiError 404 */
export function findMessagingSetting(
  { messagingSettings }: Organisation,
  id: string | undefined,
): MessagingSettingRecord {
  const setting = messagingSettings.get(id ?? "");
  if (setting === undefined) throw notFound("messaging setting");
  return setting;
}
