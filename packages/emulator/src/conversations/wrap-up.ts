import { ApiError } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { saveConversation, withParticipant } from "./participants.ts";
import type { Place } from "./place.ts";

/** The wrap-up codes of the organisation; the first is a participant's who names none. */
export const wrapUpCodes = [
  { id: "5f3d9a52-4b7e-4d0f-8a3c-6c1f2b9e7a01", name: "Solved" },
  { id: "5f3d9a52-4b7e-4d0f-8a3c-6c1f2b9e7a02", name: "Follow-up needed" },
] as const;

/** Notes how a conversation went for a participant; also after its end. @throws ApiError for a code that there is not. */
export function wrapUp(
  organisation: Organisation,
  { conversation, participant }: Place,
  { code = wrapUpCodes[0].id, notes, tags, durationSeconds, provisional = false }: Wire<"WrapupInput">,
): ConversationRecord {
  const known = wrapUpCodes.find(({ id }) => id === code);
  if (known === undefined)
    throw new ApiError(
      "invalid.value",
      `Value [${code.slice(0, 60)}] is not valid for field type [code]. Allowable values are: ${wrapUpCodes.map(({ id }) => id).join(", ")}`,
    );
  const wrapup = {
    code,
    name: known.name,
    ...(notes === undefined ? {} : { notes }),
    ...(tags === undefined ? {} : { tags }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    endTime: organisation.timestamp(),
    provisional,
  };
  return saveConversation(organisation, withParticipant(conversation, { ...participant, wrapup }));
}
