import { type CallOptions, type CallRoute, fillPath, type RouteInput } from "./call-route.ts";
import type { Page } from "./contacts-api.ts";
import { ResponseError } from "./errors/transport-errors.ts";
import type { Route } from "./routes.ts";

/** Which part of a list a call returns. */
export interface PageOptions extends CallOptions {
  /** 1 to 100. @default 25 */
  readonly pageSize?: number | undefined;
  /** The cursor of the page before, from its `nextUri`. */
  readonly after?: string | undefined;
}

/** Goes through all of a list, one page after the other. */
export async function* readAllPages<Entity>(
  callRoute: CallRoute,
  route: Route<Page<Entity>>,
  input: RouteInput,
): AsyncGenerator<Entity, void, undefined> {
  const path = fillPath(route.path, input.ids ?? {});
  let page = await callRoute(route, input);
  for (let uri: string | undefined; ; ) {
    yield* page.entities;
    if (page.nextUri === undefined) return;
    // The token goes where this leads: it must be the same list, and not the same page for ever.
    if (page.nextUri === uri || !page.nextUri.startsWith(`${path}?`)) throw nextUriError(path);
    uri = page.nextUri;
    page = await callRoute(route, { ...input, uri });
  }
}

function nextUriError(path: string): ResponseError {
  return new ResponseError({
    message: `GET ${path} was answered with a \`nextUri\` that leads nowhere`,
    fix: "Check that `baseUrl` names a gateway, and that no proxy changes its answers.",
    fate: "applied",
  });
}
