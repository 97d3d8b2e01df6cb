import { linkSubscriptionId } from "../genesys-cloud/link-subscription.ts";
import { ApiError } from "../http/api-error.ts";

/**
 * The id that a path names. The link to Genesys Cloud can be read, but is changed by the gateway's options alone.
 *
 * @throws ApiError `not.found`
 */
export function changeableId({ subscriptionId = "" }: Record<string, string>): string {
  if (subscriptionId === linkSubscriptionId) throw noSuchSubscription();
  return subscriptionId;
}

/** What the store found. @throws ApiError `not.found` where it is nothing. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw noSuchSubscription();
  return value;
}

/** The answer where there is no such subscription. */
export function noSuchSubscription(): ApiError {
  return new ApiError("not.found", "There is no such subscription. Use an id from GET …/subscriptions.");
}
