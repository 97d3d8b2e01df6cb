import { jsonFields, present } from "../../json/json-fields.ts";

/** What an error of the Graph API names; nothing of its text is taken over, for it may quote the message. */
export interface GraphFault {
  code?: number;
  subcode?: number;
}

/** Reads the error of an answer of Meta's Graph API. */
export function readGraphFault(body: unknown): GraphFault {
  const error = jsonFields(body).fields("error");
  return present({ code: error.number("code"), subcode: error.number("error_subcode") });
}
