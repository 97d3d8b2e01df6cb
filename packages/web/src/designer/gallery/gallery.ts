import { mediaSamples } from "./media-samples.ts";
import { orderSamples } from "./order-samples.ts";
import type { Gallery } from "./sample.ts";
import { serviceSamples } from "./service-samples.ts";
import { shopSamples } from "./shop-samples.ts";
import { travelSamples } from "./travel-samples.ts";

/** Twenty messages to begin from, whose pictures a server at an origin has. */
export function createGallery(origin: string): Gallery {
  const picture = (file: string): string => `${origin}/assets/gallery/${file}`;
  return [
    serviceSamples,
    orderSamples(picture),
    shopSamples(picture),
    travelSamples(picture),
    mediaSamples(picture),
  ];
}
