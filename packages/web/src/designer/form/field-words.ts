/** The words for fields whose names do not say it well enough. */
const words: Record<string, string> = {
  altText: "What it shows",
  url: "Address",
  imageUrl: "Picture address",
  thumbnailUrl: "Still picture address",
  mimeType: "Media type",
  filename: "File name",
  image: "Picture",
  actions: "Buttons",
  defaultAction: "Tap on the card",
  payload: "Comes back",
  value: "Comes back",
  label: "Label",
};

/** One of a list, in words. */
const itemWords: Record<string, string> = { choices: "Choice", cards: "Card", actions: "Button" };

const multiline = new Set(["text", "caption", "subtitle", "address"]);

/** What a field is called on the page. */
export function fieldWord(name: string): string {
  return words[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** What one item of a list is called on the page. */
export function itemWord(name: string): string {
  return itemWords[name] ?? "Item";
}

/** Whether a text may well have more than one line. The question of a quick reply may, the heading of a card not. */
export function isMultiline(name: string, maxLength = 0): boolean {
  return multiline.has(name) || (name === "title" && maxLength > 1_000);
}
