import { OpenMessagingClient } from "@quickcard/client";
import { expect, test } from "vitest";
import { eventually } from "./fixtures/eventually.ts";
import { contactId } from "./fixtures/start-contacts-api.ts";
import { startRawServer } from "./fixtures/start-raw-server.ts";

test("ten thousand calls that are given up leave no timer, no connection and no request behind", async () => {
  let open = 0;
  await using server = await startRawServer(() => undefined, {
    onConnection: (socket) => {
      open += 1;
      socket.on("close", () => {
        open -= 1;
      });
    },
  });
  const client = new OpenMessagingClient({ baseUrl: server.url, token: "t", pace: false });
  const warmUp = new AbortController();
  const first = client.contacts.get(contactId, { signal: warmUp.signal });
  await eventually(() => server.requestLines.length > 0);
  warmUp.abort();
  await expect(first).rejects.toThrow();
  await eventually(() => open === 0);
  const resourcesBefore = countResources();

  for (let round = 0; round < 10; round += 1) {
    const caller = new AbortController();
    const calls = Array.from({ length: 1000 }, () =>
      client.contacts.get(contactId, { signal: caller.signal }),
    );
    const seen = server.requestLines.length;
    await eventually(() => server.requestLines.length > seen);
    caller.abort("enough");
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.every((outcome) => outcome.status === "rejected" && outcome.reason === "enough")).toBe(
      true,
    );
  }

  await eventually(() => open === 0);
  await eventually(() => countResources() <= resourcesBefore);
  await client.close();
});

/** Timers and connections that keep this process alive. */
function countResources(): number {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /Timeout|TCPSocketWrap|TCPSERVERWRAP|TCPConnectWrap/.test(name)).length;
}
