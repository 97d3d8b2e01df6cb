/** A point on earth, in degrees. */
export interface MapPlace {
  latitude: number;
  longitude: number;
}

/** The page of OpenStreetMap that shows a place with a marker. https://wiki.openstreetmap.org/wiki/Browsing (2026-11) */
export function mapUrl({ latitude, longitude }: MapPlace): string {
  const [north, east] = [latitude.toFixed(6), longitude.toFixed(6)];
  return `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=16/${north}/${east}`;
}

/** A place in words: `52.5163° N, 13.3777° E`. */
export function coordinatesLabel({ latitude, longitude }: MapPlace): string {
  return `${degrees(latitude)} ${latitude < 0 ? "S" : "N"}, ${degrees(longitude)} ${longitude < 0 ? "W" : "E"}`;
}

function degrees(value: number): string {
  return `${Math.abs(value).toFixed(4)}°`;
}
