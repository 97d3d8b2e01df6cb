import type { PictureUrl, SampleGroup } from "./sample.ts";

/** Pictures, films and recordings that explain something. */
export function mediaSamples(picture: PictureUrl): SampleGroup {
  return {
    title: "Pictures and sound",
    samples: [
      {
        id: "serial-number",
        title: "Picture that explains",
        content: {
          type: "image",
          url: picture("serial-number.png"),
          altText: "The back of a router; an arrow points at the label with the serial number",
          caption: "The serial number is on the back, below the sockets. Please send it to us.",
        },
      },
      {
        id: "set-up-film",
        title: "Film",
        content: {
          type: "video",
          url: "https://example.com/films/first-steps.mp4",
          thumbnailUrl: picture("headphones.png"),
          caption: "Your first steps, in 90 seconds.",
        },
      },
      {
        id: "voice-note",
        title: "Voice note",
        content: {
          type: "audio",
          url: "https://example.com/recordings/welcome.mp3",
          caption: "A word of welcome from your adviser.",
        },
      },
      {
        id: "collect-parcel",
        title: "Code to collect a parcel",
        content: {
          type: "image",
          url: picture("collect-code.png"),
          altText: "A code of black and white squares, and the number 4 8 1 5",
          caption: "Show this code at the counter, or say 4815.",
        },
      },
    ],
  };
}
