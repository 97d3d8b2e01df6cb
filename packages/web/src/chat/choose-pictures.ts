import { pictureMaxBytes, pictureMimeTypes } from "../chat-wire.ts";

/** How many pictures are sent at one go. */
const picturesAtOnce = 10;

/** What of some files can be sent, and what to tell the customer of the rest. */
export interface PictureChoice {
  pictures: File[];
  fault?: string;
}

/** Takes those of the files that the gateway takes: it would refuse the others only after they have gone up. */
export function choosePictures(files: readonly File[]): PictureChoice {
  const pictures = files.filter(isPicture);
  const small = pictures.filter(({ size }) => size <= pictureMaxBytes);
  const fault = faultOf(files.length, pictures.length, small.length);
  return { pictures: small.slice(0, picturesAtOnce), ...(fault === undefined ? {} : { fault }) };
}

function faultOf(files: number, pictures: number, small: number): string | undefined {
  if (pictures < files) return "Only pictures can be sent: GIF, JPEG, PNG or WebP.";
  if (small < pictures) return `A picture can have ${pictureMaxBytes / 1024 / 1024} MB at most.`;
  return small > picturesAtOnce ? `${picturesAtOnce} pictures can be sent at once.` : undefined;
}

function isPicture({ type }: File): boolean {
  return pictureMimeTypes.some((one) => one === type);
}
