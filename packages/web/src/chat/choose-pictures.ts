import { pictureMimeTypes } from "../chat-wire.ts";

/** The largest photograph that is taken to be shrunk. */
const photographMaxBytes = 50 * 1024 * 1024;

/** The largest animation that is taken: it goes up as it is, and over a slow line within the gateway's 30 seconds. */
export const animationMaxBytes = 3_000_000;

/** How many pictures are sent at one go. */
export const picturesAtOnce = 10;

/** What of some files can be sent, and what to tell the customer of the rest. */
export interface PictureChoice {
  pictures: File[];
  fault?: string;
}

/** Takes those of the files that the gateway takes: it would refuse the others only after they have gone up. */
export function choosePictures(files: readonly File[]): PictureChoice {
  const pictures = files.filter(isPicture);
  const small = pictures.filter(isSmall);
  const fault = faultOf(files.length, pictures.length, small.length);
  return { pictures: small.slice(0, picturesAtOnce), ...(fault === undefined ? {} : { fault }) };
}

function faultOf(files: number, pictures: number, small: number): string | undefined {
  if (pictures < files) return "Only pictures can be sent: GIF, JPEG, PNG or WebP.";
  if (small < pictures) return "A picture that large cannot be sent.";
  return small > picturesAtOnce ? `${picturesAtOnce} pictures can be sent at once.` : undefined;
}

/** Photographs are shrunk before they go up, animations are not. */
function isSmall({ size, type }: File): boolean {
  return size <= (type === "image/gif" ? animationMaxBytes : photographMaxBytes);
}

function isPicture({ type }: File): boolean {
  return pictureMimeTypes.some((one) => one === type);
}
