import type { ErrorDetail } from "../contacts-api.ts";
import type { Call } from "../layers/layer.ts";
import { printable } from "./printable.ts";

/** What an error body says, made fit to be shown. */
interface ErrorFields {
  readonly message: string;
  readonly apiCode: string | undefined;
  readonly contextId: string | undefined;
  readonly details: ErrorDetail[];
}

/** Most details of one answer that are kept. */
const mostDetails = 100;

/** Reads an error body field by field: it can come from something that only resembles the API. */
export function readErrorBody(call: Call, json: unknown): ErrorFields {
  const secrets = [call.headers.authorization ?? "", call.headers.authorization?.split(" ")[1] ?? ""].filter(
    Boolean,
  );
  const textOf = (value: unknown) => (typeof value === "string" ? printable(value, secrets) : undefined);
  const body = fieldsOf(json);
  const details = Array.isArray(body.details) ? body.details.slice(0, mostDetails).map(fieldsOf) : [];
  return {
    message: textOf(body.message) ?? "",
    apiCode: textOf(body.code),
    contextId: textOf(body.contextId),
    details: details.map((detail) => ({
      errorCode: textOf(detail.errorCode) ?? "",
      fieldName: textOf(detail.fieldName) ?? "",
      message: textOf(detail.message) ?? "",
    })),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
