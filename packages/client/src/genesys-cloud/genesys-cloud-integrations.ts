import type { CallOptions, CallRoute } from "../call-route.ts";
import { ApiError } from "../errors/api-errors.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { callOperation } from "./call-operation.ts";
import type {
  OpenIntegration,
  OpenIntegrationEntityListing,
  OpenIntegrationRequest,
  OpenIntegrationUpdateRequest,
  SupportedContent,
} from "./integrations.ts";
import { operations } from "./operations.ts";

/** Which part of a list a call returns. */
export interface ListOptions extends CallOptions {
  /** From 1. @default 1 */
  readonly pageNumber?: number | undefined;
  /** @default 25 */
  readonly pageSize?: number | undefined;
}

/** How often a new integration is asked whether it is ready. */
const readyPollMs = 1000;

/** Integrations of Open Messaging: `genesysCloud.integrations`. */
export class GenesysCloudIntegrations {
  readonly #callRoute: CallRoute;
  readonly #time: TimeAndChance;
  readonly #timeoutMs: number;

  constructor(callRoute: CallRoute, time: TimeAndChance, timeoutMs: number) {
    this.#callRoute = callRoute;
    this.#time = time;
    this.#timeoutMs = timeoutMs;
  }

  /** One page of the integrations. Needs the permission `messaging:integration:view`. */
  list({ pageNumber, pageSize, signal }: ListOptions = {}): Promise<OpenIntegrationEntityListing> {
    const input = { query: { pageNumber, pageSize } };
    return callOperation(this.#callRoute, operations.listOpenIntegrations, input, { signal });
  }

  /** One integration. Needs the permission `messaging:integration:view`. */
  get(integrationId: string, options: CallOptions = {}): Promise<OpenIntegration> {
    return callOperation(this.#callRoute, operations.getOpenIntegration, { ids: { integrationId } }, options);
  }

  /** Begins to make an integration: `whenReady` waits for its end. Needs the permission `messaging:integration:add`. */
  create(body: OpenIntegrationRequest, options: CallOptions = {}): Promise<OpenIntegration> {
    return callOperation(this.#callRoute, operations.postOpenIntegration, { body }, options);
  }

  /**
   * Waits until an integration is made. Needs the permission `messaging:integration:view`.
   *
   * @throws ApiError where it could not be made, or is not ready within `timeoutMs`.
   */
  async whenReady(integrationId: string, options: CallOptions = {}): Promise<OpenIntegration> {
    const endsAtMs = this.#time.monotonicMs() + this.#timeoutMs;
    for (;;) {
      const integration = await this.get(integrationId, options);
      const { createStatus } = integration;
      if (createStatus === "Completed") return integration;
      if (createStatus === "Error" || this.#time.monotonicMs() >= endsAtMs) throw notReady(integration);
      await this.#time.sleep(readyPollMs, options.signal);
    }
  }

  /** Changes an integration; its `name` has to be given in any case. Needs the permission `messaging:integration:edit`. */
  update(
    integrationId: string,
    body: OpenIntegrationUpdateRequest,
    options: CallOptions = {},
  ): Promise<OpenIntegration> {
    const input = { ids: { integrationId }, body };
    return callOperation(this.#callRoute, operations.patchOpenIntegration, input, options);
  }

  /** Removes an integration. Needs the permission `messaging:integration:delete`. */
  async delete(integrationId: string, options: CallOptions = {}): Promise<void> {
    const input = { ids: { integrationId } };
    await callOperation(this.#callRoute, operations.deleteOpenIntegration, input, options);
  }

  /** Which media an integration lets through: the id is in its `supportedContent`. Needs `messaging:supportedContent:view`. */
  getSupportedContent(supportedContentId: string, options: CallOptions = {}): Promise<SupportedContent> {
    const input = { ids: { supportedContentId } };
    return callOperation(this.#callRoute, operations.getSupportedContent, input, options);
  }
}

function notReady({ createStatus, createError }: OpenIntegration): ApiError {
  const state = createStatus === "Error" ? "could not be made" : "is still being made";
  return new ApiError({
    message: `The integration ${state}${createError?.code ? ` (${createError.code})` : ""}`,
    fix: "Look at it in the admin pages of Genesys Cloud, under Messaging; wait, or remove it and make it anew.",
    fate: createStatus === "Error" ? "not_applied" : "unknown",
    apiCode: createError?.code,
  });
}
