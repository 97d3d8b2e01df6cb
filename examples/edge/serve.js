import { serve } from "@hono/node-server";
import { createRoutes } from "./route.js";

const {
  GENESYS_BASE_URL: baseUrl = "",
  GENESYS_CLIENT_ID: clientId = "",
  GENESYS_CLIENT_SECRET: clientSecret = "",
  WEBHOOK_SECRET: webhookSecret = "",
  PORT = "8092",
} = process.env;

if (!webhookSecret) throw new Error("Set WEBHOOK_SECRET to what `quickcard subscriptions create` showed.");

// On an edge platform this is one line: `export default createRoutes(settings)`.
const { fetch } = createRoutes({ baseUrl, clientId, clientSecret, webhookSecret });
serve({ fetch, port: Number(PORT), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`The route: http://127.0.0.1:${port}`);
});
