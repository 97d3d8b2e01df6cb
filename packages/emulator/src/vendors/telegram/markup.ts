const tags = new Set([
  "b",
  "strong",
  "i",
  "em",
  "u",
  "ins",
  "s",
  "strike",
  "del",
  "code",
  "pre",
  "a",
  "blockquote",
]);

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };

/** The text of HTML as Telegram reads it; `undefined` where a tag is unknown or not closed. */
export function readMarkup(html: string): string | undefined {
  const open: string[] = [];
  let isBroken = false;
  const text = html.replace(
    /<(\/?)([a-z-]*)[^>]*>|</gi,
    (_, slash: string | undefined, name: string | undefined) => {
      const tag = name?.toLowerCase() ?? "";
      if (!tags.has(tag)) isBroken = true;
      else if (!slash) open.push(tag);
      else if (open.pop() !== tag) isBroken = true;
      return "";
    },
  );
  if (isBroken || open.length > 0) return undefined;
  return text.replace(/&(lt|gt|amp|quot);/g, (entity) => entities[entity] ?? entity);
}
