import type { JSX } from "preact";

/** The drawings of the pages: 24 units square, in the colour of the text. They say nothing that words beside them do not. */
const paths = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.2 14.5 12 3.4 13.8Z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2",
  tick: "m5 12.5 4.5 4.5L19 7.5",
  ticks: "m2 12.5 4.5 4.5L16 7.5M11.5 16l1 1L22 7.5",
  warning: "M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.6v.2",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.2v.1",
  film: "M4 5h16v14H4zM10 9v6l5-3z",
  sound: "M4 10v4h3.5L12 18V6l-4.5 4H4Zm11.5-1.5a5 5 0 0 1 0 7M18 6a8.5 8.5 0 0 1 0 12",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  outside: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  pin: "M12 21s-7-6.2-7-11.5a7 7 0 1 1 14 0C19 14.8 12 21 12 21Zm0-9.2a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z",
  previous: "m14.5 6-6 6 6 6",
  next: "m9.5 6 6 6-6 6",
  down: "M12 5v14m-6-6 6 6 6-6",
  up: "M12 19V5m-6 6 6-6 6 6",
  add: "M12 5v14M5 12h14",
  remove: "m6 6 12 12M18 6 6 18",
  list: "M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1-1",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5M13.5 5l-3 14",
  gallery: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  chat: "M4 5h16v11.5H10L5.5 20v-3.5H4z",
  attach:
    "m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L15 7",
  bot: "M5 9h14v10H5zM12 9V5m-3 8v2m6-2v2M3 12v4m18-4v4m-9-12a1 1 0 1 0 0 1",
  fault: "M13 3 5 13.5h5.5L10 21l8.5-11H13z",
  replay: "M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4 4v4.5h4.5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  signed: "M12 3 5 5.5v6c0 4.3 3 7.6 7 9.5 4-1.9 7-5.2 7-9.5v-6zM8.7 12l2.4 2.4 4.3-4.6",
  forged: "M12 3 5 5.5v6c0 4.3 3 7.6 7 9.5 4-1.9 7-5.2 7-9.5v-6zM9.5 9.5l5 5m0-5-5 5",
  phone:
    "M7.5 3h9a1.5 1.5 0 0 1 1.5 1.5v15a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 19.5v-15A1.5 1.5 0 0 1 7.5 3Zm3 15.5h3",
  wire: "M4 8h14m-4-4 4 4-4 4m6 4H6m4-4-4 4 4 4",
} as const;

const filled: ReadonlySet<IconName> = new Set(["send"]);

/** The name of a drawing. */
export type IconName = keyof typeof paths;

/** One of the page's drawings, hidden from those who listen to the page. */
export function Icon({ name, class: extra }: { name: IconName; class?: string }): JSX.Element {
  return (
    <svg class={extra ? `icon ${extra}` : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} class={filled.has(name) ? "filled" : undefined} />
    </svg>
  );
}
