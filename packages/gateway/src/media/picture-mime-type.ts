import type { pictureMimeTypes } from "@quickcard/web";

type PictureMimeType = (typeof pictureMimeTypes)[number];

/** What the bytes of each kind begin with, in hexadecimal. https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
const beginnings: Readonly<Record<PictureMimeType, RegExp>> = {
  "image/gif": /^47494638(37|39)61/,
  "image/jpeg": /^ffd8ff/,
  "image/png": /^89504e470d0a1a0a/,
  "image/webp": /^52494646.{8}574542505650/,
};

const longestBeginning = 16;

/** What picture bytes are, by what they begin with; `undefined` where they are none that browsers show. */
export function pictureMimeType(bytes: Uint8Array): PictureMimeType | undefined {
  const beginning = Buffer.from(bytes.subarray(0, longestBeginning)).toString("hex");
  const kinds = Object.keys(beginnings) as PictureMimeType[];
  return kinds.find((kind) => beginnings[kind].test(beginning));
}
