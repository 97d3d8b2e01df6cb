/** Where calls get their token from. */
export interface TokenSource {
  /** A token to use now: at once where there is one. */
  get(): string | Promise<string>;
  /** Says that the server refused a token, so that it is not given out again. Other tokens are not touched. */
  discard(token: string): void;
}
