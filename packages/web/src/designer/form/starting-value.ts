import { isObject } from "../../is-object.ts";
import type { JsonPath } from "../json-value.ts";

/** What stands in something that was just added, so that it can be sent at once; `n` is one more than there are. */
const startingValues: Record<string, (n: number) => unknown> = {
  choices: (n) => ({ label: `Choice ${n}`, value: `choice_${n}` }),
  cards: (n) => ({
    title: `Card ${n}`,
    actions: [{ type: "postback", title: "Choose", payload: `card_${n}` }],
  }),
  actions: (n) => ({ type: "postback", title: `Button ${n}`, payload: `button_${n}` }),
  image: () => ({ url: "https://example.com/picture.png", altText: "" }),
  defaultAction: () => ({ type: "web_url", title: "Open", url: "https://example.com/" }),
};

/** The value that a field or item begins with; `siblings` are the items that there are. */
export function startingValue(name: string, siblings: readonly unknown[] = []): unknown {
  return startingValues[name]?.(siblings.length + 1) ?? "";
}

/** A message of each type to begin from. */
export const startingContents: Readonly<Record<string, unknown>> = {
  text: { type: "text", text: "Hello! How can we help?" },
  image: { type: "image", url: "https://example.com/picture.png", altText: "What it shows" },
  audio: { type: "audio", url: "https://example.com/recording.mp3" },
  video: { type: "video", url: "https://example.com/film.mp4" },
  file: { type: "file", url: "https://example.com/document.pdf", filename: "document.pdf" },
  location: { type: "location", latitude: 52.516275, longitude: 13.377704, name: "Where we are" },
  "quick-reply": {
    type: "quick-reply",
    title: "What would you like to do?",
    choices: [startingValue("choices"), startingValue("choices", [1])],
  },
  card: { type: "card", title: "Title", subtitle: "Subtitle", actions: [startingValue("actions")] },
  carousel: { type: "carousel", cards: [startingValue("cards"), startingValue("cards", [1])] },
};

/** An action that takes another form keeps what stands on it. */
export function retypedAction(value: unknown, type: string, path: JsonPath): unknown {
  const title = isObject(value) && typeof value.title === "string" ? value.title : "Button";
  return type === "web_url"
    ? { type, title, url: "https://example.com/" }
    : { type, title, payload: `button_${path.filter((step) => typeof step === "number").join("_")}` };
}
