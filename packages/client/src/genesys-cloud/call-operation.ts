import type { CallOptions, CallRoute } from "../call-route.ts";
import { toJson } from "../to-json.ts";
import type { GenesysCloudOperation } from "./operations.ts";

/** What goes into one call of an operation. */
export interface OperationInput {
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** Calls an operation with a body that is written as JSON. */
export async function callOperation<Model>(
  callRoute: CallRoute,
  operation: GenesysCloudOperation<Model>,
  { body, ...input }: OperationInput,
  { signal }: CallOptions,
): Promise<Model> {
  return callRoute(operation, {
    ...input,
    ...(body === undefined ? {} : { body: toJson(body) }),
    signal,
  });
}
