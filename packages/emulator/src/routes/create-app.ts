import { type Context, Hono } from "hono";
import { type ControlRoute, mountControls } from "../control/control-route.ts";
import { customerControls } from "../control/customer-controls.ts";
import { deskControls } from "../control/desk-controls.ts";
import type { DeskCustomers } from "../control/desk-customers.ts";
import { mountDeskPages } from "../control/desk-pages.ts";
import { dialControls } from "../control/dial-controls.ts";
import { organisationControls } from "../control/organisation-controls.ts";
import { type WireLogParts, wireLogControls } from "../control/wire-log-controls.ts";
import { errorBody, notFound } from "../http/api-error.ts";
import { mountRoutes, routeName } from "../http/mount-routes.ts";
import type { Route } from "../http/route.ts";
import { ConnectionDroppedError, serveExchange } from "../http/serve-exchange.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import { agentConversationRoutes } from "./agent-conversation-routes.ts";
import { agentlessRoutes } from "./agentless-routes.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { botConnectorRoutes } from "./bot-connector-routes.ts";
import { botListRoutes } from "./bot-list-routes.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { deprecatedInboundRoutes } from "./deprecated-inbound-routes.ts";
import { identityResolutionRoutes } from "./identity-resolution-routes.ts";
import { inboundRoutes } from "./inbound-routes.ts";
import { integrationRoutes } from "./integration-routes.ts";
import { loginPath, tokenPath } from "./login-paths.ts";
import { downloadPath, giveDownload, mediaRoutes, takeUpload, uploadPath } from "./media-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import { messagingSettingRoutes } from "./messaging-setting-routes.ts";
import { notificationRoutes } from "./notification-routes.ts";
import { answerTokenRequest, tokenErrorBody } from "./oauth-token.ts";
import { participantRoutes } from "./participant-routes.ts";
import { recipientRoutes } from "./recipient-routes.ts";
import { supportedContentRoutes } from "./supported-content-routes.ts";
import { threadingRoutes } from "./threading-routes.ts";
import { tokenRoutes } from "./token-routes.ts";

/** What the routes need beside the server's context. */
export interface RouteParts {
  webhooks: WebhookQueue;
  /** What calls of other servers need. */
  calls: DeliveryParts;
  integrationCreationMs: number;
  /** What links to the emulator begin with. */
  origin: () => string;
  /** Whose page the desk shows. */
  customers: DeskCustomers;
}

/** Every operation of the platform's API that the emulator answers. */
function apiRoutes({ webhooks, calls, integrationCreationMs }: RouteParts): Route[] {
  return [
    ...tokenRoutes,
    ...integrationRoutes(integrationCreationMs),
    ...recipientRoutes,
    ...supportedContentRoutes,
    ...messagingSettingRoutes,
    ...identityResolutionRoutes,
    ...threadingRoutes,
    ...inboundRoutes,
    ...deprecatedInboundRoutes,
    ...agentlessRoutes(webhooks),
    ...agentConversationRoutes,
    ...conversationRoutes,
    ...participantRoutes,
    ...messageRoutes(webhooks),
    ...mediaRoutes,
    ...analyticsRoutes,
    ...botConnectorRoutes(webhooks, calls),
    ...botListRoutes,
    ...notificationRoutes,
  ];
}

/** The emulator as one handler of requests, and what that answers. */
export interface App {
  hono: Hono;
  /** The platform's operations. */
  operations: readonly string[];
  /** The emulator's own. */
  controls: readonly ControlRoute[];
}

/** Puts together API host, login host, files and controls. */
export function createApp(context: ServerContext, parts: RouteParts): App {
  const app = new Hono();
  const { organisation } = context;
  const giveToken = (c: Context) =>
    serveExchange(
      context,
      c,
      `POST ${tokenPath}`,
      (exchange) => answerTokenRequest(organisation, exchange),
      tokenErrorBody,
    );
  const refuse = (c: Context) =>
    serveExchange(context, c, "unknown", () => Promise.reject(notFound()), errorBody);
  app.post(`${loginPath}${tokenPath}`, giveToken);
  app.post(tokenPath, (c) => (isLoginHost(c) ? giveToken(c) : refuse(c)));
  const routes = apiRoutes(parts);
  mountRoutes(app, context, routes);
  app.put(uploadPath, (c) =>
    serveExchange(context, c, "PUT upload", (exchange) => takeUpload(organisation, exchange)),
  );
  app.get(downloadPath, (c) => giveDownload(organisation, c));
  const ownControls = controls(context, parts, (request) => app.fetch(request));
  mountControls(app, organisation, ownControls);
  mountDeskPages(app, parts.customers);
  app.notFound(refuse);
  app.onError((error, c) => {
    if (error instanceof ConnectionDroppedError) throw error;
    process.emitWarning(error);
    return c.json({ message: "The emulator failed.", code: "internal.server.error", status: 500 }, 500);
  });
  return { hono: app, operations: [`POST ${tokenPath}`, ...routes.map(routeName)], controls: ownControls };
}

/** Every control of the emulator's own. */
function controls(
  { organisation, faults, wireLog }: ServerContext,
  { webhooks, origin, customers }: RouteParts,
  handle: WireLogParts["handle"],
): ControlRoute[] {
  return [
    ...organisationControls(organisation),
    ...customerControls(customers),
    ...deskControls({ organisation, webhooks, origin }, customers),
    ...dialControls(organisation.clock, faults),
    ...wireLogControls({ organisation, wireLog, webhooks, handle }),
  ];
}

/** Hosts are told apart by name, as the platform's are: `login.mypurecloud.com` beside `api.mypurecloud.com`. */
function isLoginHost(c: Context): boolean {
  return /^https?:\/\/login\./.test(c.req.url);
}
