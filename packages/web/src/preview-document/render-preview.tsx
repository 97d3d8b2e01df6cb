import type { Content } from "@quickcard/content";
import { render } from "preact-render-to-string";
import { previewOn } from "../designer/channel-preview.ts";
import designerCss from "../designer/designer.css?inline";
import { ChannelColumn } from "../designer/preview/channel-column.tsx";
import previewsCss from "../designer/previews.css?inline";
import messageCss from "../message/message.css?inline";
import tappableCss from "../message/tappable.css?inline";
import groundCss from "../page.css?inline";
import type { PreviewDocumentOptions } from "../preview-document.ts";
import choicesCss from "../skins/choices.css?inline";
import phoneCss from "../skins/phone.css?inline";
import skinsCss from "../skins/skins.css?inline";
import themeCss from "../theme.css?inline";
import documentCss from "./preview-document.css?inline";

const pageCss = [
  themeCss,
  groundCss,
  messageCss,
  tappableCss,
  skinsCss,
  choicesCss,
  phoneCss,
  designerCss,
  previewsCss,
  documentCss,
].join("\n");

const colorSchemes = { system: "light dark", light: "light", dark: "dark" } as const;

/** The page that `previewDocument` describes. */
export async function renderPreview(
  content: Content,
  { channels, scheme }: PreviewDocumentOptions,
): Promise<string> {
  const style = `${pageCss}\n:root { color-scheme: ${colorSchemes[scheme]}; }`;
  const policy = `default-src 'none'; style-src 'sha256-${await sha256(style)}'; img-src https: http: data:; media-src https: http:`;
  const body = render(
    <main class="previews">
      <h1>What each channel shows</h1>
      <ul class="channels">
        {channels.map((channel) => (
          <ChannelColumn key={channel} preview={previewOn(channel, content)} scheme={scheme} />
        ))}
      </ul>
    </main>,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="${colorSchemes[scheme]}">
<title>Preview</title>
<style>${style}</style>
</head>
<body>${body}</body>
</html>
`;
}

/** In base64, as a content security policy names it. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
