import type { FailureClass } from "../failure-class.ts";

const second = 1000;
const minute = 60 * second;

const refused = (meaning: string): FailureClass => ({ kind: "not-applied", permanent: true, meaning });
const closed = refused("The customer has not written for 24 hours.");
const unreachable = refused("The customer cannot be reached.");

/**
 * Errors of Meta's Send API by `code/subcode`, and by the code alone.
 *
 * https://developers.facebook.com/docs/messenger-platform/error-codes
 */
export const messengerFailures: Readonly<Record<string, FailureClass>> = {
  "10/2018278": closed,
  "10/2018065": closed,
  "10/2534022": closed,
  "10/2018108": unreachable,
  "10/1893063": refused("Messages to the customer are restricted."),
  "10/2534077": refused("A rule of Instagram's forbids it."),
  "10/2018300": refused("Another app owns the conversation."),
  // One page of Meta's calls it a closed window, another an unavailable person: nothing helps against either.
  "551/1545041": unreachable,
  "200/1545041": unreachable,
  "200/2534041": refused("A rule of Instagram's forbids it."),
  "100/2018109": refused("A picture, recording, film or file is too big."),
  "100/2018008": refused("A picture, recording, film or file could not be fetched."),
  "100/2018047": refused("A picture, recording, film or file is of another type than told."),
  "100/2018294": refused("A film took too long to fetch."),
  "100/2018001": refused("There is no such customer."),
  "100/2534014": refused("There is no such customer."),
  "613/2534040": { kind: "not-applied", pauseMs: second, meaning: "The account sends too fast." },
  "4": { kind: "not-applied", pauseMs: minute, meaning: "The app has called too often." },
  "10": refused("The app lacks a permission."),
  "100": refused("A parameter is not valid."),
  "190": { kind: "not-applied", pauseMs: minute, meaning: "The access token is not valid; set a new one." },
  "200": refused("The app lacks a permission."),
  "551": unreachable,
  "613": { kind: "not-applied", pauseMs: second, meaning: "The page sends too fast." },
  "1": { kind: "ambiguous", meaning: "Something went wrong." },
  "2": { kind: "ambiguous", meaning: "A service is away." },
};

/** What an error of the Send API means; `undefined` for one that is not known. */
export function messengerFailure(code: number, subcode: number | undefined): FailureClass | undefined {
  return messengerFailures[`${code}/${subcode}`] ?? messengerFailures[String(code)];
}
