import type { Card, Content } from "@quickcard/content";

/** A message as lines of plain text: choices in round brackets, buttons in square ones. */
export function contentLines(content: Content): string[] {
  return (lines[content.type] as (content: Content) => string[])(content);
}

type Lines = { [Type in Content["type"]]: (content: Extract<Content, { type: Type }>) => string[] };

const lines: Lines = {
  text: (content) => content.text.split("\n"),
  image: ({ url, altText, caption }) => media("picture", url, altText, caption),
  audio: ({ url, caption }) => media("recording", url, caption),
  video: ({ url, caption }) => media("film", url, caption),
  file: ({ url, filename, caption }) => media("file", filename ?? url, caption),
  location: ({ latitude, longitude, name, address }) =>
    media("place", `${latitude}, ${longitude}`, name, address),
  "quick-reply": ({ title, choices }) => [
    ...title.split("\n"),
    choices.map(({ label }) => `( ${label} )`).join(" "),
  ],
  card: cardLines,
  carousel: ({ cards }) =>
    cards.flatMap((card, index) => [`· ${index + 1} of ${cards.length}`, ...cardLines(card)]),
};

function media(kind: string, ...words: (string | undefined)[]): string[] {
  const [first = "", ...others] = words.flatMap((word) => word || []);
  return [`[${kind}] ${first}`, ...others.flatMap((other) => other.split("\n"))];
}

function cardLines({ title, subtitle, image, actions = [] }: Card): string[] {
  return [
    ...(image ? [`[picture] ${image.altText || image.url}`] : []),
    title,
    ...(subtitle?.split("\n") ?? []),
    ...actions.map((action) => `[ ${action.title} ]${action.type === "web_url" ? ` ${action.url}` : ""}`),
  ];
}
