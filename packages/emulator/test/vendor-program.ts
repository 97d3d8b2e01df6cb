import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { StandIn } from "@quickcard/emulator/vendors";

export const day = 24 * 60 * 60 * 1000;

/** A program that takes webhooks: it shakes hands with Meta, and answers as it is told. */
export async function startProgram(statuses: number[] = []) {
  const taken: { body: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer((request, response) => {
    const challenge = new URL(request.url ?? "/", "http://program").searchParams.get("hub.challenge");
    if (request.method === "GET") return void response.end(challenge);
    void readText(request).then((body) => {
      const status = statuses.shift() ?? 200;
      if (status === 200) taken.push({ body, headers: request.headers });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function clock() {
  const time = { now: Date.UTC(2026, 10, 1), waitedMs: 0 };
  const sleep = async (milliseconds: number) => {
    time.waitedMs += milliseconds;
  };
  return { time, world: { now: () => time.now, sleep } };
}

export async function post(
  standIn: StandIn,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await standIn.fetch(
    new Request(new URL(path, "https://vendor.test"), {
      method: "POST",
      headers: { authorization: "Bearer token", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
  // biome-ignore lint/suspicious/noExplicitAny: each vendor's answer has a shape of its own.
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}
