import { ApiError } from "../http/api-error.ts";
import { tooManyRequests } from "../http/mount-routes.ts";
import type { RateLimiter } from "../http/rate-limiter.ts";
import type { RouteRequest } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { ContactRecord } from "../store/records.ts";

/** The contact whose link the path has. @throws ApiError `not.found` where no contact has this link. */
export async function requireChat(
  server: ServerContext,
  request: Pick<RouteRequest<unknown, unknown>, "params">,
): Promise<ContactRecord> {
  const contact = await server.store.findContactByChatToken(request.params.token ?? "");
  if (!contact) throw new ApiError("not.found", "This chat does not exist, or not any more.");
  return contact;
}

/** The contact whose link the path has, and who has not sent too much of late. @throws ApiError */
export async function requireChatWithin(
  server: ServerContext,
  limiter: RateLimiter,
  request: Pick<RouteRequest<unknown, unknown>, "params">,
): Promise<ContactRecord> {
  const contact = await requireChat(server, request);
  const window = limiter.take(contact.id);
  if (window.exceeded) throw tooManyRequests(window);
  return contact;
}
