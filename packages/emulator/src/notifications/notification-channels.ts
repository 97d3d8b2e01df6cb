import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import { notificationsOf } from "./notifications-of.ts";

/** Tells on open channels what their topics are about. */
export interface NotificationChannels {
  /** Lets the channels' sockets in at a server. */
  attach(server: Server): void;
  close(): void;
}

/** Nothing that a reader of notifications sends is longer. */
const mostBytesFromReader = 16_384;

export function startNotifications(organisation: Organisation): NotificationChannels {
  const { channels, clock, chance } = organisation;
  const sockets = new Map<string, WebSocket>();
  const server = new WebSocketServer({ noServer: true, maxPayload: mostBytesFromReader });
  let isClosed = false;

  const tell = (channelId: string, topicName: string, eventBody: unknown) =>
    sockets.get(channelId)?.send(
      JSON.stringify({
        topicName,
        version: "2",
        eventBody,
        metadata: { CorrelationId: chance.uuid() },
      }),
    );

  const stopListening = organisation.events.listen((event) => {
    if (sockets.size === 0) return;
    for (const { topicName, eventBody } of notificationsOf(organisation, event))
      for (const id of sockets.keys())
        if (channels.get(id)?.topics.includes(topicName)) tell(id, topicName, eventBody);
  });

  function beat(): void {
    if (isClosed) return;
    for (const id of [...sockets.keys()])
      if ((channels.get(id)?.expiresAt ?? 0) <= clock.now())
        sockets.get(id)?.close(1000, "the channel expired");
      else tell(id, "channel.metadata", { message: "WebSocket Heartbeat" });
    clock.schedule(limits.heartbeatMs.value, beat);
  }
  clock.schedule(limits.heartbeatMs.value, beat);

  function accept(socket: WebSocket, channelId: string): void {
    // One socket a channel: the newer takes over.
    sockets.get(channelId)?.close(1000, "another socket took this channel");
    sockets.set(channelId, socket);
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      if (sockets.get(channelId) === socket) sockets.delete(channelId);
    });
    socket.on("message", (data) => {
      if (String(data).includes('"ping"')) tell(channelId, "channel.metadata", { message: "pong" });
    });
  }

  return {
    attach(httpServer) {
      httpServer.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        const channelId = /^\/channels\/([\w-]+)$/.exec(request.url ?? "")?.[1] ?? "";
        const channel = channels.get(channelId);
        if (channel === undefined || channel.expiresAt <= clock.now())
          stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
        else server.handleUpgrade(request, stream, head, (socket) => accept(socket, channelId));
      });
    },
    close() {
      isClosed = true;
      stopListening();
      for (const socket of sockets.values()) socket.terminate();
      server.close();
    },
  };
}
