import { randomBytes } from "node:crypto";

/** An error of Meta's Graph API: the answer's status and what its body says. */
export interface GraphError {
  status: number;
  code: number;
  subcode?: number;
  type?: "OAuthException" | "GraphMethodException";
  message: string;
  /** For WhatsApp: what exactly is wrong. */
  details?: string;
}

/** The answer that tells of an error. */
export function graphError({ status, code, subcode, type, message, details }: GraphError): Response {
  const error = {
    message: `(#${code}) ${message}`,
    type: type ?? "OAuthException",
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    ...(details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details } }),
    fbtrace_id: randomBytes(8).toString("base64url"),
  };
  return Response.json({ error }, { status });
}

/** The token that a request carries: in a header, or as Meta also allows, in the query. */
export function graphToken(request: Request): string | undefined {
  const header = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return header ?? new URL(request.url).searchParams.get("access_token") ?? undefined;
}

export const invalidToken: GraphError = {
  status: 401,
  code: 190,
  message: "Invalid OAuth access token - Cannot parse access token",
};

/** An object in the path that the token cannot see. */
export function unknownObject(id: string): GraphError {
  return {
    status: 400,
    code: 100,
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported post request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  };
}
