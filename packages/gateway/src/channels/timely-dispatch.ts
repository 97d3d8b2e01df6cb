import type { Dispatcher } from "undici";

/** The time for a request was over before its first byte had left. */
class TooLateError extends Error {
  override readonly name = "TooLateError";
  readonly code = "TOO_LATE";
}

/**
 * An interceptor of undici that asks, right before the first byte of a request leaves, whether it still may. A request
 * can lie ready for long: while its connection is made, or while the whole process is stopped. No timer helps then, for
 * connections are served before timers when a process goes on.
 */
export function timelyDispatch(isTimely: () => boolean): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, new TimelyHandler(handler, isTimely));
}

class TimelyHandler implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #isTimely: () => boolean;

  constructor(handler: Dispatcher.DispatchHandler, isTimely: () => boolean) {
    this.#handler = handler;
    this.#isTimely = isTimely;
  }

  onRequestStart(
    ...[controller, context]: Parameters<NonNullable<Dispatcher.DispatchHandler["onRequestStart"]>>
  ) {
    if (this.#isTimely()) this.#handler.onRequestStart?.(controller, context);
    else controller.abort(new TooLateError("the claim on the contact's lane leaves no time for a request"));
  }

  onResponseStart(...answer: Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>) {
    this.#handler.onResponseStart?.(...answer);
  }

  onResponseData(...data: Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseData"]>>) {
    this.#handler.onResponseData?.(...data);
  }

  onResponseEnd(...end: Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseEnd"]>>) {
    this.#handler.onResponseEnd?.(...end);
  }

  onResponseError(...error: Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseError"]>>) {
    this.#handler.onResponseError?.(...error);
  }
}
