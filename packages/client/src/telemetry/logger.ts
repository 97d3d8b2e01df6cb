/** What is told of requests goes here: `console` will do. Neither secrets nor the text of messages are ever told. */
export interface Logger {
  /** A request was answered as it should be. */
  debug(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** A request failed. It may be tried again. */
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
}
