import type { ChannelAdapter } from "../channels/channel.ts";
import type { ChannelWebhook } from "../channels/channel-webhook.ts";
import { takeNews } from "../channels/take-news.ts";
import { ApiError } from "../http/api-error.ts";
import { readBody } from "../http/read-body.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { Channels } from "./plan-message.ts";

/** The most bytes of a webhook; WhatsApp's are the longest. */
const maxWebhookBytes = 3 * 1024 * 1024;

/** Where channels tell of customers and messages. Open to all: each request is signed in its channel's way. */
export function channelRoutes(server: ServerContext, channels: Channels): AnyRoute[] {
  return [...channels.values()].flatMap((channel) => {
    const { webhook } = channel;
    if (!webhook) return [];
    const told = tellRoute(server, channel, webhook);
    return webhook.shakeHands ? [told, handshakeRoute(channel, webhook)] : [told];
  });
}

/** The path below which a channel's webhook is. */
function webhookPath({ name }: ChannelAdapter): string {
  return `/channels/${name}/webhook`;
}

function tellRoute(server: ServerContext, channel: ChannelAdapter, webhook: ChannelWebhook): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: webhookPath(channel),
    operationId: `${channel.name}Webhook`,
    summary: `What ${channel.name} tells`,
    produces: "*/*",
    answers: { 200: { description: "Stored." } },
    async handle({ raw }) {
      const read = webhook.read(await readBody(raw, maxWebhookBytes), raw.headers);
      if (!read.ok) throw new ApiError(read.status === 401 ? "bad.credentials" : "bad.request", read.message);
      await takeNews(server.store, channel.name, read.news, server.now);
      return json(200, read.answer ?? {});
    },
  });
}

function handshakeRoute(channel: ChannelAdapter, { shakeHands }: ChannelWebhook): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: webhookPath(channel),
    operationId: `${channel.name}Handshake`,
    summary: `The question of ${channel.name} whether this is the program it knows`,
    produces: "*/*",
    answers: { 200: { description: "The challenge." } },
    handle({ raw }) {
      const challenge = shakeHands?.(new URL(raw.url).searchParams);
      if (challenge === undefined) {
        throw new ApiError("bad.credentials", "The verify token is not the one that this gateway was given.");
      }
      return new Response(challenge, { headers: { "content-type": "text/plain; charset=utf-8" } });
    },
  });
}
