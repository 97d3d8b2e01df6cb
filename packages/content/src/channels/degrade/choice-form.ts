import { limits } from "../../limits.ts";
import type { ChannelProfile, ChoiceForm } from "../channel-profile.ts";
import { figure } from "../text/room.ts";

/** The form in which a channel shows that many choices; `undefined`: it has none. */
export function choiceFormFor(profile: ChannelProfile, count: number): ChoiceForm | undefined {
  return profile.choices.find(
    ({ min, max }) =>
      count >= (figure(profile, min) ?? 1) && count <= (figure(profile, max) ?? limits.choices),
  );
}
