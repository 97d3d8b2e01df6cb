import { type ChannelName, channelNames } from "@quickcard/content/channels";
import { packDraft, unpackDraft } from "@quickcard/content/designer-draft";
import { draftText } from "./draft.ts";

/** Light or dark, or as the reader's system is. */
export type Scheme = "system" | "light" | "dark";

/** Form or JSON. */
export type EditorKind = "form" | "json";

/** All that a link to the designer holds. Whom it is sent to, and with which token, is no part of it. */
export interface DesignerState {
  /** The text of the draft: JSON, or something on the way to it. */
  draft: string;
  channels: readonly ChannelName[];
  scheme: Scheme;
  editor: EditorKind;
}

/** The fragment of a link; what is as it would be anyway is left out. @returns `undefined` where the draft is too long for a link. */
export async function writeFragment({
  draft,
  channels,
  scheme,
  editor,
}: DesignerState): Promise<string | undefined> {
  const packed = await packDraft(draft);
  if (packed === undefined) return undefined;
  const fields = new URLSearchParams({ m: packed });
  if (channels.length < channelNames.length) fields.set("channels", channels.join(","));
  if (scheme !== "system") fields.set("scheme", scheme);
  if (editor !== "form") fields.set("editor", editor);
  return fields.toString().replaceAll("%2C", ",");
}

/**
 * What a fragment says; `damaged` where it holds a draft that cannot be read. A link that is made for one person may name
 * contact and client; what is secret it never holds.
 */
export async function readFragment(
  fragment: string,
): Promise<
  Partial<DesignerState> & { sample?: string; damaged?: true; contactId?: string; clientId?: string }
> {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const packed = fields.get("m");
  const draft = packed === null ? undefined : await unpackDraft(packed);
  return {
    ...(draft !== undefined && { draft: indented(draft) }),
    ...(packed !== null && draft === undefined && { damaged: true as const }),
    ...only("sample", fields.get("sample")),
    ...only("contactId", fields.get("contact")),
    ...only("clientId", fields.get("client")),
    ...only("channels", readChannels(fields.get("channels"))),
    ...only("scheme", oneOf(["light", "dark"] as const, fields.get("scheme"))),
    ...only("editor", oneOf(["json"] as const, fields.get("editor"))),
  };
}

function only<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { [N in Name]?: Value } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [N in Name]?: Value };
}

function oneOf<Word extends string>(words: readonly Word[], word: string | null): Word | undefined {
  return words.find((known) => known === word);
}

function readChannels(list: string | null): ChannelName[] | undefined {
  if (list === null) return undefined;
  const names = new Set(list.split(","));
  return channelNames.filter((name) => names.has(name));
}

/** A program makes links of JSON on one line; people read it on several. */
function indented(draft: string): string {
  if (draft.includes("\n")) return draft;
  try {
    return draftText(JSON.parse(draft));
  } catch {
    return draft;
  }
}
