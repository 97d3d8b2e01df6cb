import type { JSX } from "preact";
import type { ContentProps } from "./content-props.ts";
import { Icon } from "./icons.tsx";
import { coordinatesLabel, mapUrl } from "./map-place.ts";

/** A place with its name and a link to a map. The small map is a drawing: nothing is loaded from outside. */
export function LocationMessage({ content }: ContentProps<"location">): JSX.Element {
  const { name, address } = content;
  return (
    <a class="card location" href={mapUrl(content)} target="_blank" rel="noopener noreferrer">
      <MapDrawing />
      <span class="card-words">
        <bdi class="card-title">{name || "Location"}</bdi>
        {address && (
          <span class="card-subtitle" dir="auto">
            {address}
          </span>
        )}
        <span class="coordinates">{coordinatesLabel(content)}</span>
      </span>
      <span class="action">
        Open map <Icon name="outside" />
      </span>
    </a>
  );
}

function MapDrawing(): JSX.Element {
  return (
    <span class="map">
      <svg viewBox="0 0 280 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
        <path class="park" d="M0 78 62 62 90 120H0zM196 0h84v34l-64 16z" />
        <path class="water" d="M0 22c40-14 76 8 112-4S176-6 196-20H0z" />
        <path
          class="street"
          d="M-6 62 300 22M-6 104 300 64M70-6 104 126M150-6 178 126M226-6 250 126M104 42l8 40"
        />
        <path class="road" d="M-6 88C60 66 96 92 140 72S224 12 290 30" />
      </svg>
      <Icon name="pin" class="pin" />
    </span>
  );
}
