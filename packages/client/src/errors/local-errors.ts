import { brand, type ErrorFacts, OpenMessagingError } from "./open-messaging-error.ts";

/** An option of the client is missing or cannot be used. */
export class ConfigurationError extends OpenMessagingError {
  static {
    brand(ConfigurationError, "ConfigurationError");
  }

  readonly code = "invalid_configuration";
  /** The option's name. */
  declare readonly option: string;
  /** The environment variable that it was to come from, with `fromEnvironment`. */
  declare readonly variable?: string;

  constructor(
    facts: Omit<ErrorFacts, "fate"> & { readonly option: string; readonly variable?: string | undefined },
  ) {
    super({ ...facts, fate: "not_sent" });
  }
}

/** An argument of a call cannot be used, such as a contact id with a slash in it. */
export class InvalidArgumentError extends OpenMessagingError {
  static {
    brand(InvalidArgumentError, "InvalidArgumentError");
  }

  readonly code = "invalid_argument";
  /** The argument's name. */
  declare readonly argument: string;

  constructor(facts: Omit<ErrorFacts, "fate"> & { readonly argument: string }) {
    super({ ...facts, fate: "not_sent" });
  }
}

/** One thing that is wrong with a message. */
export interface MessageIssue {
  /** JSON pointer into the body of the send. */
  readonly pointer: string;
  readonly code: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right, where the check before sending found it. */
  readonly fix?: string;
}

/** The message is not one that can be sent: found before sending, or by the server (then `status` is 400). */
export class InvalidMessageError extends OpenMessagingError {
  static {
    brand(InvalidMessageError, "InvalidMessageError");
  }

  readonly code = "invalid_message";
  /** Everything that is wrong, not only the first. */
  declare readonly issues: readonly MessageIssue[];
  /** The `code` of the server's error body, such as `invalid.content.type`. */
  declare readonly apiCode?: string;

  constructor(
    facts: ErrorFacts & { readonly issues: readonly MessageIssue[]; readonly apiCode?: string | undefined },
  ) {
    super(facts);
  }
}
