import { type Environment, variables } from "../environment.ts";
import { Failure } from "../errors/failure.ts";

/**
 * The contact that a command is about: the one named, else `TARGET_CONTACT_ID`.
 * @throws Failure if there is neither.
 */
export function targetContact(named: string | undefined, { contactId }: Environment): string {
  const contact = named ?? contactId;
  if (contact !== undefined) return contact;
  throw new Failure({
    code: "missing_contact",
    message: "No contact was named.",
    fix: `Name one, or set ${variables.contactId}. Their ids: quickcard contacts list`,
    outcome: "usage",
  });
}
