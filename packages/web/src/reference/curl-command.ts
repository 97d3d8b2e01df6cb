import { shellWord } from "../shell-word.ts";
import type { OpenApiDocument, PlacedOperation } from "./openapi-document.ts";
import { sampleOf } from "./schema-sample.ts";
import { fieldsOf, resolve } from "./schema-shape.ts";

const formType = "application/x-www-form-urlencoded";

/**
 * A command that makes a request, ready to paste into a shell. What only the reader knows stands as a variable: the
 * token, and each part of the path.
 */
export function curlCommand(
  operation: PlacedOperation,
  document: OpenApiDocument,
  origin: string,
  body?: unknown,
): string {
  const method = operation.method.toUpperCase();
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "${origin}${withVariables(operation.path)}"`,
    ...credentials(operation, document),
    ...(streams(operation) ? ["--no-buffer"] : []),
    ...formFields(operation, document),
    ...(body === undefined || isForm(operation)
      ? []
      : [`-H "Content-Type: application/json"`, `-d ${shellWord(JSON.stringify(body, null, 2))}`]),
  ];
  return parts.join(" \\\n  ");
}

function withVariables(path: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => `$${variableName(name)}`);
}

function variableName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
}

function credentials({ security = [], path }: PlacedOperation, document: OpenApiDocument): string[] {
  if (security.length > 0) return [`-H "Authorization: Bearer $TOKEN"`];
  return tokenPaths(document).has(path) ? [`-u "$CLIENT_ID:$CLIENT_SECRET"`] : [];
}

function tokenPaths(document: OpenApiDocument): Set<string | undefined> {
  const schemes = Object.values(document.components?.securitySchemes ?? {});
  return new Set(schemes.flatMap(({ flows = {} }) => Object.values(flows).map(({ tokenUrl }) => tokenUrl)));
}

function streams({ responses }: PlacedOperation): boolean {
  return Object.values(responses).some(({ content = {} }) => "text/event-stream" in content);
}

function isForm({ requestBody }: PlacedOperation): boolean {
  return requestBody?.content[formType] !== undefined;
}

function formFields({ requestBody }: PlacedOperation, document: OpenApiDocument): string[] {
  const schema = requestBody?.content[formType]?.schema;
  if (!schema) return [];
  return fieldsOf(resolve(schema, document))
    .filter(({ isRequired }) => isRequired)
    .map(({ name, schema: field }) => `-d ${shellWord(`${name}=${sampleOf(field, document)}`)}`);
}
