import { notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { SupportedContentRecord } from "../organisation/records.ts";

/** @throws ApiError 404 */
export function findSupportedContent(
  { supportedContents }: Organisation,
  id: string | undefined,
): SupportedContentRecord {
  const profile = supportedContents.get(id ?? "");
  if (profile === undefined) throw notFound("supported content profile");
  return profile;
}

/** The profile of integrations that name none; a change of it is for new ones alone, as on the platform. */
export function defaultSupportedContent({ supportedContents }: Organisation): SupportedContentRecord {
  const profile = [...supportedContents.values()].find(({ isDefault }) => isDefault);
  if (profile === undefined) throw notFound("default supported content profile");
  return profile;
}
