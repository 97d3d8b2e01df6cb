import type { Content } from "@quickcard/content";

/** A message to begin from. */
export interface Sample {
  /** Stays the same for ever: links name it. */
  id: string;
  title: string;
  content: Content;
}

/** Samples that serve one purpose. */
export interface SampleGroup {
  title: string;
  samples: readonly [Sample, ...Sample[]];
}

/** Messages to begin from; the first of all is what the page opens with. */
export type Gallery = readonly [SampleGroup, ...SampleGroup[]];

/** The address of one of the gallery's pictures, by its file name. */
export type PictureUrl = (file: string) => string;
