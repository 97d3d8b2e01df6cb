/** The media types of files by the end of their name, as far as channels tell them apart. */
const byExtension: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  avif: "image/avif",
  heic: "image/heic",
  bmp: "image/bmp",
  tif: "image/tiff",
  tiff: "image/tiff",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  amr: "audio/amr",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  flac: "audio/flac",
  mp4: "video/mp4",
  "3gp": "video/3gpp",
  mov: "video/quicktime",
  webm: "video/webm",
  avi: "video/avi",
  mkv: "video/x-matroska",
  pdf: "application/pdf",
  zip: "application/zip",
  txt: "text/plain",
  csv: "text/csv",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ppt: "application/vnd.ms-powerpoint",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** Other names of the same type. */
const sameAs: Readonly<Record<string, readonly string[]>> = {
  "audio/mpeg": ["audio/mp3"],
  "audio/mp4": ["audio/x-m4a", "audio/m4a"],
  "audio/ogg": ["application/ogg"],
};

/** The media type of a file: as said, else by the end of its URL's path. `undefined`: it does not tell. */
export function mediaType(url: string, mimeType?: string): string | undefined {
  if (mimeType) return mimeType.split(";")[0]?.trim().toLowerCase();
  const name = fileNameOf(url);
  const dot = name.lastIndexOf(".");
  return dot < 0 ? undefined : byExtension[name.slice(dot + 1).toLowerCase()];
}

/** Whether a list of media types has one. */
export function hasMediaType(types: readonly string[], type: string): boolean {
  return types.includes(type) || (sameAs[type] ?? []).some((name) => types.includes(name));
}

/** The last part of a URL's path. */
export function fileNameOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").split(/[?#]/, 1)[0] ?? "";
  return path.slice(path.lastIndexOf("/") + 1);
}
