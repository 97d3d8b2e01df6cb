import { readFileSync, writeFileSync } from "node:fs";
import { channelProfiles, noticeCodes, sources } from "@quickcard/content/channels";
import { channelMatrix } from "./channel-matrix.js";

const page = new URL("../../../docs/reference/channels.md", import.meta.url);

let text = readFileSync(page, "utf8");
for (const [name, part] of Object.entries(channelMatrix(channelProfiles, noticeCodes, sources))) {
  const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
  text = `${text.split(start)[0]}${start}${part}${end}${text.split(end)[1]}`;
}
writeFileSync(page, text);
