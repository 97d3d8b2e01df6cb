import { webChannel } from "@quickcard/gateway";
import { describe, expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { lineCase, telegramCase, whatsAppCase } from "./channel-conformance/channel-cases.ts";
import { startLinkedGateway } from "./start-linked-gateway.ts";

const bytes = Buffer.from("the bytes of a picture");
const picture = { kind: "image", url: `data:image/jpeg;base64,${bytes.toString("base64")}` } as const;

describe.each([whatsAppCase, telegramCase, lineCase])("$channel", (channelCase) => {
  /** A customer who has sent a picture, and what Genesys Cloud's agent has of it. */
  async function sendPicture({ isReachable }: { isReachable: boolean }) {
    const vendor = await channelCase.start({ now: Date.now, sleep: async () => undefined });
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const linked = await startLinkedGateway({
      port,
      ...(isReachable ? { publicUrl: origin } : {}),
      channels: [webChannel, vendor.adapter],
    });
    await vendor.subscribe(`${origin}/channels/${channelCase.channel}/webhook`);
    vendor.counterpart.customer(channelCase.address, "Ada").sendMedia({ ...picture, caption: "My cat" });
    const contact = await waitUntil(async () => (await linked.client.contacts.list()).entities[0]);
    const conversationId = await waitUntil(async () => linked.conversation(contact.id));
    const [message] = linked.agent.messages(conversationId);
    return {
      origin,
      vendor,
      message: message?.normalizedMessage,
      async [Symbol.asyncDispose]() {
        await vendor.close();
        await linked[Symbol.asyncDispose]();
      },
    };
  }

  test("a customer's picture is an attachment in Genesys Cloud, and the agent's side fetches it from the gateway", async () => {
    await using world = await sendPicture({ isReachable: true });

    const attachment = world.message?.content?.[0]?.attachment;
    expect(attachment).toMatchObject({ mediaType: "Image", mime: "image/jpeg" });
    const url = String(attachment?.url);
    expect(url).toMatch(`${world.origin}/media/`);
    expect(url).not.toContain("token");
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(bytes.byteLength),
      "content-disposition": "inline",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    await world.vendor.close();
    const later = await fetch(url);
    expect(later.status).toBe(502);
    expect(later.headers.get("retry-after")).toBe("10");
    expect(await later.json()).toMatchObject({ code: "media.unavailable" });
  });

  test("where the gateway has no public URL the agent reads that there is a picture", async () => {
    await using world = await sendPicture({ isReachable: false });

    expect(world.message?.content).toBeUndefined();
    expect(world.message?.text).toContain("[image]");
  });
});

test("a picture from the chat page is an attachment that Genesys Cloud fetches, and begins an ended conversation again", async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  await using linked = await startLinkedGateway({ port, publicUrl });
  const customer = await linked.customer("Ada");
  await linked.client.contacts.close(customer.contactId);
  const gif = Buffer.from("GIF89a and the rest");

  await customer.sendPicture(gif, "cat.gif");

  const conversationId = await waitUntil(async () => linked.conversation(customer.contactId));
  const [message] = linked.agent.messages(conversationId);
  const attachment = message?.normalizedMessage.content?.[0]?.attachment;
  expect(attachment).toMatchObject({ mediaType: "Image", mime: "image/gif", filename: "cat.gif" });
  expect(attachment?.url).toMatch(`${publicUrl}/media/${customer.contactId}/`);
  const answer = await fetch(String(attachment?.url));
  expect(answer.headers.get("content-type")).toBe("image/gif");
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(gif);
  expect(await customer.shown()).toMatchObject([{ content: { type: "picture", filename: "cat.gif" } }]);
});
