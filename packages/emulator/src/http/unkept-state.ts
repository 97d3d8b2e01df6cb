import type { EmulatorDataError } from "../emulator-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import { ApiError } from "./api-error.ts";

/** The refusal of a request whose changes cannot be kept. */
export function notKept({ message, fix }: EmulatorDataError): ApiError {
  return new ApiError(
    "service.unavailable",
    `The emulator cannot keep its state: ${message} ${fix}.`,
    undefined,
    { "Retry-After": "1" },
  );
}

/** Lets nothing begin that could not be kept. @throws ApiError 503 */
export function refuseUnkept(organisation: Organisation): void {
  const failure = organisation.failure();
  if (failure !== undefined) throw notKept(failure);
}
