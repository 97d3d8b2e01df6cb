import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";

/**
 * Whether an integration's profile of supported content lets media through. A profile that names no types lets nothing through
 * (help.mypurecloud.com, Supported content profiles).
 *
 * @param mime Such as `image/png`; media without one passes where all do.
 */
export function isMediaAllowed(
  { supportedContents }: Organisation,
  { supportedContentId }: IntegrationRecord,
  direction: "inbound" | "outbound",
  mime: string | undefined,
): boolean {
  const types = supportedContents.get(supportedContentId)?.mediaTypes?.allow?.[direction] ?? [];
  const [kind = "", form = ""] = (mime ?? "").toLowerCase().split(/[/;]/);
  const accepted = ["*/*", `${kind}/*`, `${kind}/${form}`];
  return types.some(({ type = "" }) => accepted.includes(type.toLowerCase()));
}
