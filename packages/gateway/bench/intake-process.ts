// A gateway that only takes messages in. Tells its port, and a token to send with.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createClientRegistry, createGateway } from "@quickcard/gateway";
import { pino } from "pino";
import { createMemoryStore } from "#gateway/store/memory/memory-store.ts";
import type { Store } from "#gateway/store/store.ts";
import type { StorePlace } from "../torture/gateway-fleet.ts";
import { openStore } from "../torture/open-store.ts";
import { settingsFromParent, tellParent } from "../torture/parent-process.ts";
import { evenly, fill } from "./fill.ts";

/** What an intake process is told. */
export interface IntakeSettings {
  /** `undefined`: answers as if it had stored, and stores nothing. */
  store?: StorePlace;
  contacts: number;
  /** Whether what is taken in is delivered too, while more comes in. */
  delivers: boolean;
}

/** What it tells when it is ready. */
export interface IntakeReady {
  port: number;
  token: string;
  contactIds: string[];
}

const { store: place, contacts, delivers } = settingsFromParent<IntakeSettings>();
const store = place === undefined ? forgetful(createMemoryStore(Date.now)) : await openStore(place);
const contactIds = await fill(store, { messagesOf: evenly(0, contacts) });
const { clientId, clientSecret = "" } = await createClientRegistry(store, Date.now).create({
  name: "bench",
  scopes: ["messages:send"],
  tokenLifetimeSeconds: 86_400,
});
const gateway = createGateway({
  store,
  logger: pino({ level: "warn" }),
  rateLimitPerMinute: 1_000_000_000,
  allowHttpMedia: false,
  now: Date.now,
  monotonicNow: () => performance.now(),
  ...(delivers ? {} : { channels: [] }),
});
const listener = getRequestListener((request) => gateway.fetch(request));
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address() as AddressInfo;
const answer = await fetch(`http://127.0.0.1:${port}/oauth/token`, {
  method: "POST",
  body: new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  }),
});
const { access_token: token } = (await answer.json()) as { access_token: string };
tellParent({ port, token, contactIds } satisfies IntakeReady);

/** A store that says yes to every message and keeps none. */
function forgetful(original: Store): Store {
  const acceptMessage: Store["acceptMessage"] = async (message) => ({
    kind: "created",
    record: { ...message, conversationId: message.contactId },
  });
  return { ...original, acceptMessage };
}
