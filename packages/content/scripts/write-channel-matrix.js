import { readFileSync, writeFileSync } from "node:fs";
import { channelProfiles, noticeCodes, sources } from "@quickcard/content/channels";
import { channelMatrix } from "./channel-matrix.js";

const page = new URL("../../../docs/reference/channels.md", import.meta.url);
const documents = JSON.parse(
  readFileSync(new URL("../test/golden/vendor-documents.json", import.meta.url), "utf8"),
);

let text = readFileSync(page, "utf8");
const parts = channelMatrix(channelProfiles, noticeCodes, sources, documents);
for (const [name, part] of Object.entries(parts)) {
  const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
  text = `${text.split(start)[0]}${start}${part}${end}${text.split(end)[1]}`;
}
writeFileSync(page, text);
