import { z } from "zod";
import { type ApiErrorCode, apiErrors } from "./api-error.ts";
import { idempotencyKeyLifetimeMs } from "./idempotency.ts";
import { maxBodyBytes } from "./read-body.ts";
import type { AnyRoute } from "./route.ts";

type Json = Record<string, unknown>;

/** What the document says of the server as a whole. */
export interface OpenApiOptions {
  title: string;
  version: string;
  description: string;
  /** Each scope with what it opens. */
  scopes: Readonly<Record<string, string>>;
  /** The schema of every error body but the token endpoint's. */
  errorSchema: z.core.$ZodType;
}

/** Describes the documented routes as OpenAPI 3.1: from the very declarations that the server checks requests by. */
export function toOpenApi(routes: AnyRoute[], options: OpenApiOptions): Json {
  const schemas = new SchemaComponents();
  const errorSchema = schemas.toReference(options.errorSchema, "output");
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    if (!route.tag) continue;
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = toOperation(route, route.tag, schemas, errorSchema);
    paths[route.path] = operations;
  }
  return {
    openapi: "3.1.0",
    info: { title: options.title, version: options.version, description: options.description },
    paths,
    components: { schemas: schemas.all, securitySchemes: securitySchemes(options.scopes) },
  };
}

function securitySchemes(scopes: Readonly<Record<string, string>>): Json {
  const flows = {
    clientCredentials: { tokenUrl: "/oauth/token", scopes },
    authorizationCode: { authorizationUrl: "/oauth/authorize", tokenUrl: "/oauth/token", scopes },
  };
  return { oauth: { type: "oauth2", flows } };
}

function toOperation(route: AnyRoute, tag: string, schemas: SchemaComponents, errorSchema: Json): Json {
  const requestBody = toRequestBody(route, schemas);
  const parameters = [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)];
  return {
    operationId: route.operationId,
    tags: [tag],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    ...(route.scope ? { security: [{ oauth: [route.scope] }] } : { security: [] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: { ...toResponses(route, schemas), ...errorResponses(route, errorSchema) },
  };
}

function pathParameters({ path }: AnyRoute): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: AnyRoute): Json[] {
  if (!query) return [];
  const schema = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property as Json;
    return {
      name,
      in: "query",
      required: schema.required?.includes(name) ?? false,
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
}

function headerParameters({ repeatable, produces }: AnyRoute): Json[] {
  const headers: Record<string, string> = {
    ...(repeatable
      ? {
          "Idempotency-Key": `The same key with the same body gives the first answer again. Kept ${idempotencyKeyLifetimeMs / 3_600_000} hours.`,
        }
      : {}),
    ...(produces === "text/event-stream" ? { "Last-Event-ID": "Resumes behind this event." } : {}),
  };
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  }));
}

function toRequestBody({ body, form }: AnyRoute, schemas: SchemaComponents): Json | undefined {
  if (form) {
    const schema = schemas.toReference(form, "input");
    return { required: true, content: { "application/x-www-form-urlencoded": { schema } } };
  }
  if (!body) return undefined;
  const content = {
    schema: schemas.toReference(body.schema, "input"),
    ...(body.example === undefined ? {} : { example: body.example }),
  };
  return {
    required: true,
    description: `At most ${maxBodyBytes.toLocaleString("en")} bytes.`,
    content: { "application/json": content },
  };
}

function toResponses({ answers }: AnyRoute, schemas: SchemaComponents): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, mediaType = "application/json" }]) => {
      const content = schema
        ? { content: { [mediaType]: { schema: schemas.toReference(schema, "output") } } }
        : mediaType === "application/json"
          ? {}
          : { content: { [mediaType]: {} } };
      return [status, { description, ...content }];
    }),
  );
}

/** What a route's declarations imply can go wrong, besides what it names itself. */
function errorCodes(route: AnyRoute): ApiErrorCode[] {
  const implied: [unknown, ApiErrorCode[]][] = [
    [route.query, ["invalid.value"]],
    [
      route.body,
      [
        "bad.request",
        "invalid.value",
        "required.fields.missing",
        "request.entity.too.large",
        "unsupported.media.type",
      ],
    ],
    [
      route.scope,
      [
        "authentication.required",
        "bad.credentials",
        "credentials.expired",
        "missing.scope",
        "too.many.requests",
        "service.unavailable",
      ],
    ],
    [route.repeatable, ["idempotency.mismatch"]],
  ];
  const codes = implied.flatMap(([declared, its]) => (declared ? its : []));
  return [...new Set([...codes, ...(route.errors ?? [])])];
}

function errorResponses(route: AnyRoute, errorSchema: Json): Json {
  const byStatus = new Map<number, ApiErrorCode[]>();
  for (const code of errorCodes(route)) {
    const status = apiErrors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const description = codes.map((code) => `\`${code}\``).join(", ");
      return [String(status), { description, content: { "application/json": { schema: errorSchema } } }];
    }),
  );
}

/** Collects the schemas that have a name, so that each is written once and referred to elsewhere. */
class SchemaComponents {
  readonly all: Record<string, Json> = {};

  /** The schema in place, with every named one in it moved to the components. */
  toReference(schema: z.core.$ZodType, io: "input" | "output"): Json {
    const made = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" }) as Json;
    const { $schema: _, $defs, id, ...rest } = made;
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      const { id: __, ...named } = definition;
      this.all[name] = relocated(named) as Json;
    }
    if (typeof id !== "string") return relocated(rest) as Json;
    this.all[id] = relocated(
      JSON.parse(JSON.stringify(rest).replaceAll('"$ref":"#"', `"$ref":"#/$defs/${id}"`)),
    ) as Json;
    return { $ref: `#/components/schemas/${id}` };
  }
}

function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === "$ref" && typeof item === "string"
        ? [key, item.replace("#/$defs/", "#/components/schemas/")]
        : [key, relocated(item)],
    ),
  );
}
