/** As much of an OpenAPI 3.1 document as the reference shows. https://spec.openapis.org/oas/v3.1.0 */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: {
    schemas?: Record<string, Schema>;
    securitySchemes?: Record<string, SecurityScheme>;
  };
}

/** One operation of one path. */
export interface Operation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  /** Each entry is one way in: schemes with the scopes that they need. */
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { description?: string; required?: boolean; content: Record<string, MediaType> };
  responses: Record<string, Response>;
}

/** A value in the path, the query or a header. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
}

/** A body in one media type. */
export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value?: unknown }>;
}

/** One answer, by its status. */
export interface Response {
  description: string;
  content?: Record<string, MediaType>;
}

/** How tokens are got. */
export interface SecurityScheme {
  type: string;
  flows?: Record<string, { tokenUrl?: string; authorizationUrl?: string; scopes?: Record<string, string> }>;
}

/** As much of JSON Schema 2020-12 as the reference shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

/** An operation with where it is. */
export interface PlacedOperation extends Operation {
  method: string;
  path: string;
}

/** A chapter of the reference. */
export interface Chapter {
  tag: string;
  operations: PlacedOperation[];
}

/** The operations by their first tag, in the document's order. */
export function chaptersOf(document: OpenApiDocument): Chapter[] {
  const chapters = new Map<string, PlacedOperation[]>();
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? "Other";
      chapters.set(tag, [...(chapters.get(tag) ?? []), { ...operation, method, path }]);
    }
  return [...chapters].map(([tag, operations]) => ({ tag, operations }));
}

/** The chapters with those operations alone in which every word of a text occurs. */
export function searchChapters(chapters: readonly Chapter[], text: string): Chapter[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ method, path, operationId, summary = "" }: PlacedOperation, tag: string): boolean => {
    const all = `${tag} ${method} ${path} ${operationId} ${summary}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return chapters
    .map(({ tag, operations }) => ({ tag, operations: operations.filter((one) => matches(one, tag)) }))
    .filter(({ operations }) => operations.length > 0);
}

/** The scopes that a token needs for an operation. */
export function scopesOf({ security = [] }: Operation): string[] {
  return [...new Set(security.flatMap((way) => Object.values(way).flat()))];
}
