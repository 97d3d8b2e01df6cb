import { degrees } from "./degrees.ts";

/** A link that opens a place on a map, by https://developers.google.com/maps/documentation/urls/get-started. */
export function mapUrl({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `https://www.google.com/maps/search/?api=1&query=${degrees(latitude)},${degrees(longitude)}`;
}
