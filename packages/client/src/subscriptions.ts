import { callRemoval } from "./call-removal.ts";
import type { CallOptions, CallRoute } from "./call-route.ts";
import { routes } from "./routes.ts";
import type {
  CreatedSubscription,
  NewSubscription,
  Replay,
  ReplayRange,
  RotatedSecret,
  Subscription,
  SubscriptionChanges,
  SubscriptionTest,
} from "./subscriptions-api.ts";
import { toJson } from "./to-json.ts";

/** How a secret is rotated. */
export interface RotateOptions extends CallOptions {
  /** For how long the secret before still signs too, in seconds, up to 604,800. @default 86,400 */
  readonly overlapSeconds?: number | undefined;
}

/** URLs that are told of events by signed webhooks: `client.subscriptions`. */
export class Subscriptions {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /**
   * Makes a subscription; it is told of what happens from now on. Needs the scope `conversations:write`.
   *
   * The secret is shown this once. Not repeated by itself where the answer is lost: look with `list` what was made.
   */
  async create(subscription: NewSubscription, { signal }: CallOptions = {}): Promise<CreatedSubscription> {
    const input = { body: toJson(subscription), signal, idempotencyKey: false as const };
    return this.#callRoute(routes.createSubscription, input);
  }

  /** Every subscription, oldest first: there are at most 100. Needs the scope `conversations:read`. */
  async list({ signal }: CallOptions = {}): Promise<Subscription[]> {
    const { entities } = await this.#callRoute(routes.listSubscriptions, { signal });
    return entities;
  }

  /** One subscription with its standing: what waits, what fails. Needs the scope `conversations:read`. */
  async get(subscriptionId: string, { signal }: CallOptions = {}): Promise<Subscription> {
    return this.#callRoute(routes.getSubscription, { ids: { subscriptionId }, signal });
  }

  /** Changes the URL or the types of event, ends a subscription or lets it go on. Needs the scope `conversations:write`. */
  async update(
    subscriptionId: string,
    changes: SubscriptionChanges,
    { signal }: CallOptions = {},
  ): Promise<Subscription> {
    const input = { ids: { subscriptionId }, body: toJson(changes), signal };
    return this.#callRoute(routes.updateSubscription, input);
  }

  /** Removes a subscription and what waits for it. Needs the scope `conversations:write`. */
  remove(subscriptionId: string, { signal }: CallOptions = {}): Promise<void> {
    return callRemoval(this.#callRoute, routes.removeSubscription, { ids: { subscriptionId }, signal });
  }

  /** Makes a new secret; for a while webhooks are signed with both. Needs the scope `conversations:write`. */
  async rotate(
    subscriptionId: string,
    { signal, overlapSeconds }: RotateOptions = {},
  ): Promise<RotatedSecret> {
    const body = toJson(overlapSeconds === undefined ? {} : { overlapSeconds });
    return this.#callRoute(routes.rotateSecret, { ids: { subscriptionId }, body, signal });
  }

  /** Posts a `subscription.test` to the URL at once, and says what came of it. Needs the scope `conversations:write`. */
  async test(subscriptionId: string, { signal }: CallOptions = {}): Promise<SubscriptionTest> {
    return this.#callRoute(routes.testSubscription, { ids: { subscriptionId }, signal });
  }

  /** Tells the events of a time again, with the same ids, before what waits. Needs the scope `conversations:write`. */
  async replay(subscriptionId: string, range: ReplayRange, { signal }: CallOptions = {}): Promise<Replay> {
    const input = { ids: { subscriptionId }, body: toJson(range), signal };
    return this.#callRoute(routes.replayEvents, input);
  }
}
