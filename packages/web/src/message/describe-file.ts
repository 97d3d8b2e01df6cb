import type { FileContent } from "@quickcard/content";
import { webUrl } from "./web-url.ts";

/** How a file is named to the customer. */
export interface FileDescription {
  name: string;
  /** Such as `PDF document`. */
  kind: string;
  /** At most four letters for its icon. */
  badge: string;
}

const kindsByMimeType: Record<string, string> = {
  "application/pdf": "PDF document",
  "application/zip": "ZIP archive",
  "application/json": "JSON file",
  "application/msword": "Word document",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
  "application/vnd.ms-excel": "Excel spreadsheet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel spreadsheet",
  "application/vnd.ms-powerpoint": "PowerPoint presentation",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint presentation",
  "text/calendar": "Calendar entry",
  "text/csv": "CSV table",
  "text/plain": "Text file",
  "text/vcard": "Contact card",
};

const kindsByFamily: Record<string, string> = {
  image: "Picture",
  audio: "Recording",
  video: "Film",
  text: "Text file",
};

/** Names a file by what its message says of it, and else by its address. */
export function describeFile({ url, filename, mimeType }: FileContent): FileDescription {
  const name = filename || lastPart(url) || "File";
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase();
  return { name, kind: kindOf(mimeType, extension), badge: extension?.slice(0, 4) ?? "" };
}

function kindOf(mimeType: string | undefined, extension: string | undefined): string {
  const type = mimeType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const family = type.split("/")[0] ?? "";
  const known = kindsByMimeType[type] ?? kindsByFamily[family];
  return known ?? (extension ? `${extension} file` : "File");
}

function lastPart(url: string): string | undefined {
  const part = webUrl(url)?.pathname.split("/").pop();
  try {
    return part && decodeURIComponent(part);
  } catch {
    return part;
  }
}
