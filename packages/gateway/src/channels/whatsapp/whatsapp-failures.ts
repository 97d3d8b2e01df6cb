import type { FailureClass } from "../failure-class.ts";

const second = 1000;
const minute = 60 * second;

const refused = (meaning: string): FailureClass => ({ kind: "not-applied", permanent: true, meaning });
const later = (meaning: string, pauseMs: number): FailureClass => ({ kind: "not-applied", pauseMs, meaning });

/**
 * WhatsApp's error codes, in the answer to a send or in a status that comes later.
 *
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const whatsAppFailures: Readonly<Record<number, FailureClass>> = {
  4: later("The app has called too often.", minute),
  80007: later("The business account has reached its rate limit.", minute),
  130429: later("The number sends too fast.", second),
  131048: later("The number may send no more for now, as too much was reported as spam.", 10 * minute),
  131056: {
    kind: "not-applied",
    contactPauseMs: 4 * second,
    meaning: "This customer was sent too many messages in a short time.",
  },
  131057: later("The business account is under maintenance.", minute),
  131000: { kind: "ambiguous", meaning: "Something went wrong." },
  131016: { kind: "ambiguous", meaning: "A service is away." },
  190: { kind: "not-applied", pauseMs: minute, meaning: "The access token is not valid; set a new one." },
  100: refused("A parameter is not valid."),
  33: refused("The business number does not exist."),
  131005: refused("The access token lacks a permission."),
  131008: refused("A parameter is missing."),
  131009: refused("A parameter has a value that cannot be used."),
  131021: refused("The customer's number is the business's own."),
  131026: refused("The customer cannot be reached on WhatsApp."),
  130403: refused("The customer has been blocked."),
  130472: refused("The customer is in an experiment of Meta's."),
  131042: refused("The business account cannot be billed."),
  131047: refused("The customer has not written for 24 hours; send a template."),
  131049: refused("Meta keeps the message from the customer, to keep the ecosystem healthy."),
  131050: refused("The customer does not want marketing messages."),
  131051: refused("WhatsApp does not know this type of message."),
  131052: refused("What the customer sent could not be fetched."),
  131053: refused("A picture, recording, film or file could not be fetched or is of a wrong type."),
  132000: refused("The template has another number of parameters."),
  132001: refused("There is no template of this name in this language."),
  132005: refused("The template's text is too long when it is filled."),
  132007: refused("The template breaks a rule of WhatsApp's."),
  132012: refused("A parameter of the template has the wrong form."),
  132015: refused("The template is paused, as its quality is low."),
  132016: refused("The template is disabled for good."),
};
