/** The media type of a request's body, in lower case and without parameters; `undefined` where it names none. */
export function mediaTypeOf(request: Request): string | undefined {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}
