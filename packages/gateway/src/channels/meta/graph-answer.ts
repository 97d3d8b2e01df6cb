/** What an error of the Graph API names; nothing of its text is taken over, for it may quote the message. */
export interface GraphFault {
  code?: number;
  subcode?: number;
}

/** Reads the error of an answer of Meta's Graph API. */
export function readGraphFault(body: unknown): GraphFault {
  const error = field(body, "error");
  const code = field(error, "code");
  const subcode = field(error, "error_subcode");
  return {
    ...(typeof code === "number" ? { code } : {}),
    ...(typeof subcode === "number" ? { subcode } : {}),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
