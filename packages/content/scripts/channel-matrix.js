/** @import { ChannelProfile, Limit } from "@quickcard/content/channels" */
/** @typedef {{ heldTo: string, package?: string, certainty: string, documents: Record<string, string> }} VendorDocuments */

const count = new Intl.NumberFormat("en");

/**
 * The page of the documentation that shows what each channel can show.
 * @param {Readonly<Record<string, ChannelProfile>>} profiles
 * @param {Readonly<Record<string, { lossy: boolean, meaning: string }>>} noticeCodes
 * @param {Readonly<Record<string, { url?: string, kind: string, readAsOf?: string }>>} sources
 * @param {Readonly<Record<string, VendorDocuments>>} documents what the golden body of each channel is checked against
 */
export function channelMatrix(profiles, noticeCodes, sources, documents) {
  const channels = Object.values(profiles);
  return {
    support: supportTable(channels),
    notices: noticeTable(noticeCodes),
    checks: checkTable(documents),
    limits: channels.map(limitSection).join("\n\n"),
    sources: sourceTable(channels, sources, documents),
  };
}

/** @param {ChannelProfile[]} channels */
function supportTable(channels) {
  const features = Object.keys(channels[0]?.supports ?? {});
  const rows = features.map((feature) => [
    feature,
    ...channels.map(({ supports }) => supports[/** @type {keyof typeof supports} */ (feature)]),
  ]);
  return table(["", ...channels.map(({ name }) => name)], rows);
}

/** @param {Readonly<Record<string, { lossy: boolean, meaning: string }>>} noticeCodes */
function noticeTable(noticeCodes) {
  const rows = Object.entries(noticeCodes).map(([code, { lossy, meaning }]) => [
    `\`${code}\``,
    lossy ? "yes" : "",
    meaning,
  ]);
  return table(["notice", "lossy", "what is done"], rows);
}

/** @param {Readonly<Record<string, VendorDocuments>>} documents */
function checkTable(documents) {
  const rows = Object.entries(documents).map(([channel, { heldTo, package: name, documents, certainty }]) => [
    channel,
    name ? `${heldTo}, \`${name}\`` : heldTo,
    Object.entries(documents)
      .map(([id, lookedAt]) => `${id} (${lookedAt})`)
      .join(", "),
    certainty,
  ]);
  return table(["channel", "held to", "documents, and when they were looked at", "how sure"], rows);
}

/** @param {ChannelProfile} profile */
function limitSection({ name, title, limits }) {
  const rows = Object.entries(limits).map(([limit, row]) => [
    `\`${limit}\``,
    figure(row),
    row.certainty,
    row.sources.join(", "),
    [row.note, row.unused && `Not looked at: ${row.unused}`].filter(Boolean).join(" · "),
  ]);
  return `### ${name}\n\n${title}.\n\n${table(["limit", "figure", "certainty", "source", "note"], rows)}`;
}

/** @param {Limit} limit */
function figure({ value, unit }) {
  if (value === null) return "none";
  return typeof value === "number" ? `${count.format(value)} ${unit}` : value;
}

/**
 * @param {ChannelProfile[]} channels
 * @param {Readonly<Record<string, { url?: string, kind: string, readAsOf?: string }>>} sources
 * @param {Readonly<Record<string, VendorDocuments>>} documents
 */
function sourceTable(channels, sources, documents) {
  const named = new Set([
    ...channels.flatMap(({ limits }) => Object.values(limits).flatMap((row) => row.sources)),
    ...Object.values(documents).flatMap((row) => Object.keys(row.documents)),
  ]);
  const rows = Object.entries(sources)
    .filter(([id]) => named.has(/** @type {never} */ (id)))
    .map(([id, { url = "", kind, readAsOf = "" }]) => [id, kind, url, readAsOf]);
  return table(["source", "kind", "address", "read as of"], rows);
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
