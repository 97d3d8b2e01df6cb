import { createEmulator } from "@quickcard/emulator";

const [file] = process.argv.slice(2);
const emulator = await createEmulator({
  ...(file === undefined ? {} : { file }),
  rateLimitPerMinute: 1_000_000_000,
});
await emulator.listen({ port: 0 });
const { id, secret } = emulator.createClient();
const integrationId = emulator.createIntegration({
  name: "Shop",
  outboundNotificationWebhookUrl: "http://127.0.0.1:9/webhook",
  outboundNotificationWebhookSignatureSecretToken: "longer than fifteen characters",
});
const token = await fetch(`${emulator.loginUrl}/oauth/token`, {
  method: "POST",
  body: new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: secret }),
});
const { access_token } = await token.json();
const path = `/api/v2/conversations/messages/${integrationId}/inbound/open/message`;
console.log(JSON.stringify({ url: emulator.url, path, authorization: `Bearer ${access_token}` }));
