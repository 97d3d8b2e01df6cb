// An upstream stand-in in a process of its own. Tells its two addresses.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { settingsFromParent, tellParent } from "../parent-process.ts";
import { Upstream } from "./upstream.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

const upstream = new Upstream(settingsFromParent<UpstreamSettings>());
const listeners: ServerResponse[] = [];
upstream.onEcho = (messageId) => {
  const listener = listeners[0];
  listener?.write(`${messageId}\n`);
};

// What only the judge asks is on a port of its own, which never closes.
const admin = createServer((request, answer) => void answerJudge(request, answer));
// Nor does it close a connection that the judge may be about to ask on.
admin.keepAliveTimeout = 0;
await once(admin.listen(0, "127.0.0.1"), "listening");
const url = await upstream.open();
tellParent({ url, adminUrl: `http://127.0.0.1:${(admin.address() as AddressInfo).port}` });

async function answerJudge(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  switch (`${request.method} ${request.url}`) {
    case "GET /log":
      answer.end(JSON.stringify({ log: upstream.log, counts: upstream.counts }));
      return;
    case "GET /applied-count":
      answer.end(JSON.stringify(upstream.log.length));
      return;
    case "POST /settings":
      upstream.settings = { ...upstream.settings, ...((await json(request)) as Partial<UpstreamSettings>) };
      answer.end();
      return;
    case "GET /echoes":
      listeners.unshift(answer);
      answer.flushHeaders();
      answer.once("close", () => listeners.splice(listeners.indexOf(answer), 1));
      return;
    default:
      answer.writeHead(404).end();
  }
}
