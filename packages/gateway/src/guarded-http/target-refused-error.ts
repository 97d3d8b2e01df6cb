/** A target that the gateway does not connect to. The message says why and what to do; the cause is the caller's to fix. */
export class TargetRefusedError extends Error {
  readonly code = "target_refused";

  constructor(message: string) {
    super(message);
    this.name = "TargetRefusedError";
  }
}
