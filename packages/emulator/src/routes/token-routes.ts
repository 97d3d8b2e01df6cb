import { ApiError } from "../http/api-error.ts";
import { route } from "../http/route.ts";

/** A token asks about itself, and ends itself. */
export const tokenRoutes = [
  route({
    method: "GET",
    path: "/api/v2/tokens/me",
    handle: ({ organisation, client }) => ({
      body: {
        organization: { id: organisation.id, name: "Emulated organization" },
        homeOrganization: { id: organisation.id, name: "Emulated organization" },
        authorizedScope: [],
        OAuthClient: { id: client.id, name: client.name, organization: { id: organisation.id } },
      },
    }),
  }),
  route({
    method: "DELETE",
    path: "/api/v2/tokens/me",
    handle: ({ organisation, tokenHash }) => {
      organisation.tokens.delete(tokenHash);
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/users/me",
    handle: () => {
      throw new ApiError(
        "bad.request",
        "This request requires a user context. Client credentials cannot be used for requests that require a user context.",
      );
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/ipranges",
    handle: () => ({ body: { entities: ipRanges } }),
  }),
];

/** The emulator calls from this machine alone. */
const ipRanges = (["open-messaging", "bot-connector"] as const).map((service) => ({
  cidr: "127.0.0.1/32",
  service,
  region: "us-east-1",
  direction: "outbound",
}));
