import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient, quickReply } from "@quickcard/client";
import { expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { createClient, startGatewayProcess } from "../../../testing/gateway-process.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";

const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
const script = fileURLToPath(new URL("../../../examples/custom-channel/custom-channel.js", import.meta.url));

function outputOf(child: ChildProcess) {
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  return { text: () => output, shows: (pattern: RegExp) => waitUntil(async () => pattern.exec(output)?.[0]) };
}

test("the example of a channel of one's own carries words, menus, taps and receipts", async () => {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-custom-"));
  const port = await freePort();
  const environment = {
    ...process.env,
    CHANNEL_SECRET: secret,
    GATEWAY_URL: `http://127.0.0.1:${port}`,
    PORT: "0",
  };
  const example = spawn(process.execPath, [script], { env: environment, stdio: "pipe" });
  const output = outputOf(example);
  const url = (await output.shows(/http:\S+/)) ?? "";
  // It outlasts a gateway that is not there.
  example.stdin.write("Is anybody there?\n");
  await output.shows(/ECONNREFUSED/);
  const gateway = await startGatewayProcess(directory, {
    port,
    env: { QUICKCARD_CUSTOM_URL: url, QUICKCARD_CUSTOM_SECRET: secret },
  });
  const client = new OpenMessagingClient({ baseUrl: gateway.url, ...(await createClient(directory)) });
  try {
    example.stdin.write("Hello\n");
    const contact = await waitUntil(async () => (await client.contacts.list()).entities[0]);
    expect(contact).toMatchObject({ channel: "custom", address: "ada", displayName: "Ada" });

    const menu = quickReply("Which?", [
      { label: "Sales", value: "sales" },
      { label: "Support", value: "support" },
    ]);
    const sent = await client.messages.send(contact.id, menu);
    await output.shows(/Which\?\n\s+1\. Sales\n\s+2\. Support/);
    example.stdin.write("2\n");

    const inbound = await waitUntil(async () => {
      const { entities } = await client.messages.list(contact.id);
      return entities.find(({ content }) => content.type === "tap");
    });
    expect(inbound.content).toMatchObject({
      messageId: sent.id,
      choice: 1,
      label: "Support",
      value: "support",
    });
    await waitUntil(async () => (await client.messages.get(contact.id, sent.id)).status === "read");
    expect(output.text()).not.toContain("answered");
  } finally {
    const ended = once(example, "exit");
    example.kill();
    await ended;
    await client.close();
    await gateway.end("SIGTERM");
    rmSync(directory, { recursive: true });
  }
});
