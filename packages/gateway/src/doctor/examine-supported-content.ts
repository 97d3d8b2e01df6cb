import { OpenMessagingError } from "@quickcard/client";
import type { GenesysCloud, OpenIntegration } from "@quickcard/client/genesys-cloud";
import { type Finding, ok, skipped, warning } from "./finding.ts";

/** Looks at which media an integration lets through. */
export async function examineSupportedContent(
  cloud: GenesysCloud,
  { supportedContent }: OpenIntegration,
): Promise<Finding> {
  if (!supportedContent)
    return ok("supported-content", "The integration has the default profile of supported content.");
  try {
    const { name, mediaTypes } = await cloud.integrations.getSupportedContent(supportedContent.id);
    const typesOf = (way: "inbound" | "outbound") =>
      (mediaTypes?.allow?.[way] ?? []).flatMap(({ type }) => type ?? []);
    const [inbound, outbound] = [typesOf("inbound"), typesOf("outbound")];
    if (inbound.length === 0 || outbound.length === 0) {
      const way = outbound.length === 0 ? "to customers" : "from customers";
      return warning(
        "supported-content",
        `The profile ${name} lets no media through ${way}.`,
        "Allow image/*, or what you need, in Admin, Message, Supported Content Profiles.",
      );
    }
    return ok("supported-content", `The profile ${name} lets through to customers: ${outbound.join(", ")}.`);
  } catch (error) {
    if (!OpenMessagingError.is(error)) throw error;
    return skipped(
      "supported-content",
      `The profile could not be read (${error.code}); messaging:supportedContent:view lets this command read it.`,
    );
  }
}
