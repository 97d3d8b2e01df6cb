import type { Content, LocationContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { Length, LocationForm } from "../channel-profile.ts";
import { degrees } from "../text/degrees.ts";
import { isBlank } from "../text/is-blank.ts";
import { mapUrl } from "../text/map-url.ts";
import { fits, rooms } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import { degradeText, joined } from "./text.ts";
import { note, noteBlank, type Work } from "./work.ts";

/** A place with what the channel shows of it; else as a link to a map. */
export function degradeLocation(work: Work, content: LocationContent): Content[] {
  const form = work.profile.location;
  const { name, address } = content;
  if (!form) {
    note(work, "location_to_link", "", { from: "location", to: "link" });
    return degradeText(work, joined([name, address, mapUrl(content)]), "");
  }
  const shown = {
    ...(form.name && shortened(work, "name", form.name, content)),
    ...(form.address && shortened(work, "address", form.address, content)),
  };
  if (!form.name && isBlank(name ?? "")) noteBlank(work, name, "/name");
  if (!form.address && isBlank(address ?? "")) noteBlank(work, address, "/address");
  const isWhole = isSame(name, shown.name) && isSame(address, shown.address);
  const place: LocationContent = {
    type: "location",
    latitude: content.latitude,
    longitude: content.longitude,
    ...filled(work, form, shown, content),
  };
  if (isWhole) return [place];
  const details = degradeText(work, joined([name, address]), "");
  note(work, "location_details_split", "", {
    from: "name and address",
    to: "message of its own",
    extraMessages: 1,
  });
  return [...details, place];
}

function shortened(
  work: Work,
  field: "name" | "address",
  length: Length<string>,
  content: LocationContent,
): { name?: string; address?: string } {
  const text = content[field];
  if (text === undefined || isBlank(text)) {
    noteBlank(work, text, `/${field}`);
    return {};
  }
  const ours = field === "name" ? limits.placeName : limits.address;
  const room = rooms(work.profile, length, ours);
  const cut = fits(text, room) ? text : cutText(text, room);
  return cut === "" ? {} : { [field]: cut };
}

function filled(
  work: Work,
  { both }: LocationForm,
  shown: { name?: string; address?: string },
  content: LocationContent,
): { name?: string; address?: string } {
  const { name, address } = shown;
  const isAsked = both === "always" || (both === "together" && (name !== undefined || address !== undefined));
  if (!isAsked || (name !== undefined && address !== undefined)) return shown;
  const coordinates = `${degrees(content.latitude)}, ${degrees(content.longitude)}`;
  note(work, "location_title_filled", "", {
    from: name === undefined ? "no name" : "no address",
    to: "coordinates",
  });
  return { name: name ?? coordinates, address: address ?? coordinates };
}

function isSame(text: string | undefined, shown: string | undefined): boolean {
  return text === shown || (shown === undefined && isBlank(text ?? ""));
}
