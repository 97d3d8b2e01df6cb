/** What a connection failed with: the code of the system or of undici, or the error's name where there is no code. */
export function connectionFault(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
