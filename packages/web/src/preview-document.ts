import type { Content } from "@quickcard/content";
import type { ChannelName } from "@quickcard/content/channels";

/** What a preview shows. */
export interface PreviewDocumentOptions {
  channels: readonly ChannelName[];
  /** `system`: light or dark as the reader's system is. */
  scheme: "system" | "light" | "dark";
}

const bundle = new URL("../dist/preview-document.bundle.js", import.meta.url);

/**
 * A valid content on channels side by side, as one HTML page that needs no script and, but for the message's own
 * pictures, loads nothing.
 */
export async function previewDocument(content: Content, options: PreviewDocumentOptions): Promise<string> {
  const { renderPreview } = (await import(bundle.href)) as {
    renderPreview(content: Content, options: PreviewDocumentOptions): Promise<string>;
  };
  return renderPreview(content, options);
}
