/** What of a link to Genesys Cloud is examined, in this order. */
export const doctorChecks = [
  "region",
  "clock",
  "credentials",
  "token",
  "permissions",
  "integration",
  "webhook",
  "supported-content",
  "rate-limit",
  "database",
] as const;

/** One of them. */
export type DoctorCheck = (typeof doctorChecks)[number];

/** What one look came to. */
export interface Finding {
  check: DoctorCheck;
  /** `skipped`: it could not be looked at, since something before it fails. */
  status: "ok" | "warning" | "failed" | "skipped";
  /** What was found. */
  message: string;
  /** How to mend it, where something is to be mended. */
  fix?: string;
}

/** A finding that all is well. */
export function ok(check: DoctorCheck, message: string): Finding {
  return { check, status: "ok", message };
}

/** A finding that something will go wrong, or may. */
export function warning(check: DoctorCheck, message: string, fix: string): Finding {
  return { check, status: "warning", message, fix };
}

/** A finding that something does not work. */
export function failed(check: DoctorCheck, message: string, fix: string): Finding {
  return { check, status: "failed", message, fix };
}

/** A finding that something could not be looked at. */
export function skipped(check: DoctorCheck, message: string): Finding {
  return { check, status: "skipped", message };
}
