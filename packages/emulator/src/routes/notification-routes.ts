import { ApiError, notFound } from "../http/api-error.ts";
import { type RouteRequest, route } from "../http/route.ts";
import { limits } from "../limits.ts";
import { isKnownTopic, topics } from "../notifications/topics.ts";
import type { ChannelRecord } from "../organisation/records.ts";

const topicsPath = "/api/v2/notifications/availabletopics";
const path = "/api/v2/notifications/channels";
const subscriptionsPath = `${path}/{channelId}/subscriptions`;

/** Channels of notifications, and what they are subscribed to. */
export const notificationRoutes = [
  route({
    method: "POST",
    path,
    handle: ({ organisation, client, origin }) => {
      const { channels, chance, clock } = organisation;
      const own = [...channels.values()].filter(({ clientId }) => clientId === client.id);
      for (const { id } of own.slice(0, Math.max(0, own.length - limits.channelsOfAClient.value + 1)))
        channels.delete(id);
      const id = chance.uuid();
      const expiresAt = clock.now() + limits.channelMs.value;
      const channel = channels.put(id, { id, clientId: client.id, expiresAt, topics: [] });
      return { body: presentChannel(channel, origin) };
    },
  }),
  route({
    method: "GET",
    path,
    handle: ({ organisation, client, origin }) => ({
      body: {
        entities: [...organisation.channels.values()]
          .filter(({ clientId }) => clientId === client.id)
          .map((channel) => presentChannel(channel, origin)),
      },
    }),
  }),
  route({
    method: "HEAD",
    path: `${path}/{channelId}`,
    handle: (request) => {
      findChannel(request);
      return { status: 200 };
    },
  }),
  route({
    method: "GET",
    path: topicsPath,
    handle: () => ({ body: { entities: topics.map((topic) => ({ ...topic, visibility: "Public" })) } }),
  }),
  route({
    method: "GET",
    path: subscriptionsPath,
    handle: (request) => ({ body: presentTopics(findChannel(request).topics) }),
  }),
  route({
    method: "PUT",
    path: subscriptionsPath,
    body: "ChannelTopic[]",
    handle: (request) =>
      subscribe(
        request,
        [],
        request.body.map(({ id }) => id ?? ""),
      ),
  }),
  route({
    method: "POST",
    path: subscriptionsPath,
    body: "ChannelTopic[]",
    handle: (request) =>
      subscribe(
        request,
        findChannel(request).topics,
        request.body.map(({ id }) => id ?? ""),
      ),
  }),
  route({
    method: "DELETE",
    path: subscriptionsPath,
    handle: (request) => {
      subscribe(request, [], []);
      return {};
    },
  }),
];

type ChannelRequest = Pick<RouteRequest<unknown>, "organisation" | "params" | "client">;

function findChannel({ organisation, params, client }: ChannelRequest): ChannelRecord {
  const channel = organisation.channels.get(params.channelId ?? "");
  if (channel?.clientId !== client.id || channel.expiresAt <= organisation.clock.now())
    throw notFound("channel");
  return channel;
}

/** Adds topics to those kept; the answer says which were not taken. */
function subscribe(request: ChannelRequest, kept: readonly string[], asked: readonly string[]) {
  const channel = findChannel(request);
  const known = [...new Set([...kept, ...asked.filter(isKnownTopic)])];
  if (known.length > limits.topicsOfAChannel.value)
    throw new ApiError("bad.request", `A channel has at most ${limits.topicsOfAChannel.value} topics.`);
  request.organisation.channels.put(channel.id, { ...channel, topics: known });
  return { body: presentTopics([...new Set([...known, ...asked])]) };
}

function presentTopics(names: readonly string[]) {
  return {
    entities: names.map((id) =>
      isKnownTopic(id)
        ? { id, state: "Permitted", selfUri: `${topicsPath}/${id}` }
        : { id, state: "Rejected", rejectionReason: "The emulator has no such topic." },
    ),
  };
}

function presentChannel({ id, expiresAt }: ChannelRecord, origin: string) {
  return {
    id,
    connectUri: `${origin.replace(/^http/, "ws")}/channels/${id}`,
    expires: new Date(expiresAt).toISOString(),
  };
}
