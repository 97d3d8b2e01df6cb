import type { CallRoute, RouteInput } from "./call-route.ts";
import { NotFoundError } from "./errors/api-errors.ts";
import type { Route } from "./routes.ts";

/** Calls a route that removes something. */
export async function callRemoval(
  callRoute: CallRoute,
  route: Route<undefined>,
  input: RouteInput,
): Promise<void> {
  try {
    await callRoute(route, input);
  } catch (error) {
    // The answer to an attempt before this one was lost: it was that one which removed it.
    if (!NotFoundError.is(error) || error.attempts <= 1) throw error;
  }
}
