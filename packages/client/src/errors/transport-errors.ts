import { brand, OpenMessagingError } from "./open-messaging-error.ts";

/** There was no answer: the server could not be reached, or the connection broke. */
export class ConnectionError extends OpenMessagingError {
  static {
    brand(ConnectionError, "ConnectionError");
  }

  readonly code = "connection_failed";
}

/** The server took longer than `attemptTimeoutMs`, or the whole call longer than `timeoutMs`. */
export class TimeoutError extends OpenMessagingError {
  static {
    brand(TimeoutError, "TimeoutError");
  }

  readonly code = "timeout";
}

/** The server answered with a redirect. The client follows none: a redirected POST can be lost without a sign. */
export class RedirectError extends OpenMessagingError {
  static {
    brand(RedirectError, "RedirectError");
  }

  readonly code = "redirected";
}

/** The server answered, but with something that cannot be read as an answer. */
export class ResponseError extends OpenMessagingError {
  static {
    brand(ResponseError, "ResponseError");
  }

  readonly code = "unreadable_answer";
}

/** The server took the message, but its answer cannot be read: it is sent, its id is unknown. */
export class SentButUnreadableError extends OpenMessagingError {
  static {
    brand(SentButUnreadableError, "SentButUnreadableError");
  }

  readonly code = "sent_but_unreadable";
}
