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

export function ok(check: DoctorCheck, message: string): Finding {
  return { check, status: "ok", message };
}

export function warning(check: DoctorCheck, message: string, fix: string): Finding {
  return { check, status: "warning", message, fix };
}

export function failed(check: DoctorCheck, message: string, fix: string): Finding {
  return { check, status: "failed", message, fix };
}

export function skipped(check: DoctorCheck, message: string): Finding {
  return { check, status: "skipped", message };
}
