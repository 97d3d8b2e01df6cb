import { type Content, quickReply, type Tap, text } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { sampleConversation } from "../../../../testing/sample-conversation.ts";
import { waitUntil } from "../../../../testing/start-gateway.ts";
import { type ChannelCase, type ChannelWorld, startChannelWorld, stores } from "./channel-world.ts";

const day = 24 * 60 * 60 * 1000;
const minute = 60_000;

const menu = quickReply("Select a service department:", [
  { label: "Sales", value: `dept_sales ${"x".repeat(400)}` },
  { label: "Support", value: "dept_support" },
]);

/** The choices and postbacks of a content, as their taps tell them. */
function tapsOf(content: Content): Pick<Tap, "kind" | "card" | "choice" | "label" | "value">[] {
  const kind = "quick-reply" as const;
  if (content.type === "quick-reply")
    return content.choices.map(({ label, value }, choice) => ({ kind, choice, label, value }));
  const cards = content.type === "carousel" ? content.cards : content.type === "card" ? [content] : [];
  return cards.flatMap(({ actions = [] }, card) =>
    actions.flatMap((action, choice) => {
      if (action.type !== "postback") return [];
      const place = content.type === "carousel" ? { card, choice } : { choice };
      return [{ kind: "postback" as const, ...place, label: action.title, value: action.payload }];
    }),
  );
}

/** Declares what every channel has to do, whatever it leads to. */
export function describeChannel(channelCase: ChannelCase): void {
  describe.each(stores)(`${channelCase.channel} on %s`, (storeKind) => {
    const channelTest = (name: string, body: (world: ChannelWorld) => Promise<void>) =>
      test(name, async () => {
        await using world = await startChannelWorld(channelCase, storeKind);
        await body(world);
      });
    intakeTests(channelCase, channelTest, storeKind);
    sendTests(channelCase, channelTest);
    faultTests(channelCase, channelTest);
  });
}

type ChannelTest = (name: string, body: (world: ChannelWorld) => Promise<void>) => void;

function intakeTests(
  channelCase: ChannelCase,
  channelTest: ChannelTest,
  storeKind: (typeof stores)[number],
): void {
  const { channel, address, otherAddress, wrongAddress, tells, signatureHeader, hasWindow } = channelCase;
  channelTest("who writes for the first time becomes a contact, and is told of", async (world) => {
    const { contact } = await world.opened();
    expect(contact).toMatchObject({ channel, address, state: "active", lastInboundAt: expect.any(String) });
    expect(contact.displayName).toBe(tells.name ? "Ada" : undefined);
    expect(contact).not.toHaveProperty("chatUrl");
    expect(await world.inbound(contact)).toEqual([{ type: "text", text: "Hello" }]);
    await world.client.contacts.close(contact.id);
    world.customer().type("Again");
    await world.standIn.settled();
    expect(await world.client.contacts.get(contact.id)).toMatchObject({ state: "active" });
    expect(await world.inbound(contact)).toHaveLength(2);
  });

  channelTest("a contact can be made by its address, once", async (world) => {
    const made = await world.client.contacts.create({ channel, address: otherAddress });
    const again = world.client.contacts.create({ channel, address: otherAddress });
    await expect(again).rejects.toMatchObject({ apiCode: "contact.exists", status: 409 });
    const wrong = world.client.contacts.create({ channel, address: wrongAddress });
    await expect(wrong).rejects.toMatchObject({ apiCode: "channel.address", status: 400 });
    await expect(world.client.contacts.create({ channel })).rejects.toMatchObject({
      apiCode: "channel.address",
    });
    const elsewhere = world.client.contacts.create({ channel: "custom", address: "1" });
    await expect(elsewhere).rejects.toMatchObject({ apiCode: "channel.unavailable" });
    world.standIn.customer(made.address ?? "").type("Hello");
    await world.standIn.settled();
    expect((await world.client.contacts.list()).entities.map(({ id }) => id)).toEqual([made.id]);
    expect(await world.inbound(made)).toEqual([{ type: "text", text: "Hello" }]);
    if (hasWindow) expect((await world.sendThrough(made, text("Hello"))).status).not.toBe("failed");
  });

  channelTest("media and places that customers send arrive", async (world) => {
    const { customer, contact } = await world.opened();
    customer.sendMedia({ kind: "image", url: "https://example.com/cat.jpg" });
    customer.sendLocation({ latitude: 52.5, longitude: 13.4 });
    await world.standIn.settled();
    const [, image, place] = await world.inbound(contact);
    expect(image).toMatchObject({ type: "image" });
    expect(image).toSatisfy((one: object) => "url" in one || "channelMediaId" in one);
    if (place?.type !== "text") expect(place).toEqual({ type: "location", latitude: 52.5, longitude: 13.4 });
  });

  channelTest("a webhook that is not signed, or wrongly, is refused and leaves nothing", async (world) => {
    const { contact } = await world.opened();
    const [{ body = "", headers = {} } = {}] = world.standIn.webhooks();
    const signature = headers[signatureHeader] ?? "";
    const post = (more: Record<string, string>, changed = body) =>
      fetch(world.webhookUrl, {
        method: "POST",
        body: changed,
        headers: { "content-type": "application/json", ...more },
      });
    const broken = `${signature.slice(0, -3)}${signature.at(-3) === "a" ? "b" : "a"}${signature.slice(-2)}`;
    for (const wrong of [{}, { [signatureHeader]: "" }, { [signatureHeader]: broken }]) {
      const answer = await post(wrong);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain("Hello");
    }
    if (channel !== "telegram") {
      expect((await post({ [signatureHeader]: signature }, body.replace("Hello", "Hallo"))).status).toBe(401);
    }
    expect((await post({ [signatureHeader]: signature })).status).toBe(200);
    expect(await world.inbound(contact)).toHaveLength(1);
  });

  channelTest("a webhook that comes again changes nothing", async (world) => {
    const { customer, contact } = await world.opened();
    const sent = await world.sendThrough(contact, menu);
    customer.tap(
      world.standIn.received().at(-1)?.id ?? "",
      world.standIn.received().at(-1)?.shown.choices[0]?.id ?? "",
    );
    customer.read();
    await world.standIn.settled();
    const before = await world.history(contact);
    const statuses = await world.statuses(contact, sent.id);
    for (let round = 0; round < 3; round += 1) world.standIn.replayWebhooks();
    await world.standIn.settled();
    expect(await world.history(contact)).toEqual(before);
    expect(await world.statuses(contact, sent.id)).toEqual(statuses);
  });

  test("what could not be stored is not answered, and comes again", async () => {
    let failures = 3;
    await using world = await startChannelWorld(channelCase, storeKind, (store) => ({
      ...store,
      async acceptInbound(message) {
        failures -= 1;
        if (failures >= 0) throw new Error("the disk is full");
        return store.acceptInbound(message);
      },
    }));
    const { contact } = await world.opened();
    expect(world.standIn.webhooks().map(({ status }) => status)).toEqual([500, 500, 500, 200]);
    expect(await world.inbound(contact)).toHaveLength(1);
  });
}

function sendTests({ channel, tells, hasWindow }: ChannelCase, channelTest: ChannelTest): void {
  channelTest("all nine types arrive in order, and every tap returns what the sender gave", async (world) => {
    const { customer, contact } = await world.opened();
    for (const content of sampleConversation("https://example.com")) {
      const before = world.standIn.received().length;
      const message = await world.sendThrough(contact, content);
      expect(message, JSON.stringify(message)).toMatchObject({
        status: tells.delivered ? "delivered" : "sent",
        content,
      });
      const bubbles = world.standIn.received().slice(before);
      expect(bubbles.length).toBeGreaterThan(0);
      for (const expected of tapsOf(content))
        await expectAnswer(world, { customer, contact, message, bubbles }, expected);
    }
  });

  channelTest("a message that asks for no change is refused where one is needed", async (world) => {
    const { contact } = await world.opened();
    const many = quickReply(
      "Which?",
      Array.from({ length: 101 }, (_, n) => ({ label: `No ${n}`, value: `${n}` })).slice(0, 100),
    );
    const carousel = sampleConversation("https://example.com").find(({ type }) => type === "carousel");
    const tooRich = [many, carousel as Content];
    const before = world.standIn.received().length;
    const refusals = await Promise.all(
      tooRich.map((content) =>
        world.client.messages
          .send(contact.id, { type: "message", content, adaptation: { policy: "strict" } })
          .then(
            () => undefined,
            (error: { apiCode?: string }) => error.apiCode,
          ),
      ),
    );
    expect(refusals).toContain("channel.unsupported");
    const fallback = text("See our shop: https://example.com");
    const index = refusals.indexOf("channel.unsupported");
    const content = tooRich[index] as Content;
    const sent = await world.sendThrough(contact, {
      type: "message",
      content,
      adaptation: { policy: "strict", fallbacks: { [channel]: fallback } },
    });
    expect(sent).toMatchObject({ content, notices: [{ code: "fallback_used" }] });
    const shown = world.standIn
      .received()
      .slice(before)
      .flatMap((one) => one.shown.texts);
    expect(shown).toContain(fallback.text);
  });

  channelTest("changes are told with the send, and whenever the message is read", async (world) => {
    const { contact } = await world.opened();
    const choices = Array.from({ length: 30 }, (_, n) => ({
      label: `Number ${n} of a long list`,
      value: `${n}`,
    }));
    const sent = await world.client.messages.send(contact.id, quickReply("Which?", choices), {
      idempotencyKey: "k",
    });
    const again = await world.client.messages.send(contact.id, quickReply("Which?", choices), {
      idempotencyKey: "k",
    });
    expect(sent.notices.length > 0).toBe(channel !== "telegram");
    expect(again).toEqual(sent);
    expect(await world.client.messages.get(contact.id, sent.id)).toMatchObject({ notices: sent.notices });
    const listed = (await world.history(contact)).find(({ id }) => id === sent.id);
    expect(listed).toMatchObject({ notices: sent.notices });
  });

  if (tells.read) {
    channelTest("receipts come in their order, and tell of a message as a whole", async (world) => {
      const { customer, contact } = await world.opened();
      const card = sampleConversation("https://example.com").find(({ type }) => type === "card") as Content;
      const sent = await world.sendThrough(contact, card);
      world.advance(1000);
      customer.read();
      await world.reached(contact, sent.id, ["read"]);
      const told = tells.delivered ? ["sent", "delivered", "read"] : ["sent", "read"];
      expect((await world.statuses(contact, sent.id)).filter((one) => told.includes(one))).toSatisfy(
        // A receipt may overtake the answer to the request, and then stands for it.
        (seen: string[]) => seen.at(-1) === "read" && seen.every((one, n) => told.indexOf(one) >= n),
      );
    });
  }

  if (hasWindow) {
    channelTest("the window closes after 24 hours, and a word of the customer's opens it", async (world) => {
      const { customer, contact } = await world.opened();
      world.advance(day);
      const before = world.standIn.received().length;
      const refused = world.client.messages.send(contact.id, text("Still there?"), {
        idempotencyKey: "late",
      });
      await expect(refused).rejects.toMatchObject({ status: 400, apiCode: "channel.window.closed" });
      expect(world.standIn.received()).toHaveLength(before);
      customer.type("Yes");
      await world.standIn.settled();
      expect((await world.sendThrough(contact, text("Good"))).status).not.toBe("failed");
      const unknown = await world.client.contacts.create({ channel, address: "49151000000" });
      const first = world.client.messages.send(unknown.id, text("Hello"));
      await expect(first).rejects.toMatchObject({ apiCode: "channel.window.closed" });
    });

    channelTest("a message whose window closes while it waits fails, and says why", async (world) => {
      const { contact } = await world.opened();
      const sendAt = new Date(Date.now() + day - minute).toISOString();
      const late = { type: "message", content: text("Later"), delivery: { sendAt } } as const;
      const { id } = await world.client.messages.send(contact.id, late);
      world.advance(day + minute);
      const failed = await world.reached(contact, id, ["failed"]);
      expect(failed.reason).toContain("channel.window.closed");
    });
  }
}

interface Shown {
  customer: ReturnType<ChannelWorld["customer"]>;
  contact: Parameters<ChannelWorld["inbound"]>[0];
  message: { id: string };
  bubbles: ReturnType<ChannelWorld["standIn"]["received"]>;
}

/** Taps what stands on a bubble, or types its number where it stands in a text. */
async function expectAnswer(
  world: ChannelWorld,
  { customer, contact, message, bubbles }: Shown,
  expected: ReturnType<typeof tapsOf>[number],
): Promise<void> {
  const places = bubbles.flatMap(({ id, shown }) =>
    shown.choices.map((choice) => ({ messageId: id, ...choice })),
  );
  // Bubbles show them in the order of the content; a label alone may stand on several.
  const index = await positionOf(world, contact, message.id, expected);
  const place = places.find(({ id }) => id.endsWith(`.${index.toString(36)}`));
  if (place) customer.tap(place.messageId, place.id);
  else {
    const line = bubbles
      .flatMap(({ shown }) => shown.texts)
      .join("\n")
      .split("\n")
      .find((one) => one.includes(expected.label) && /^\W*\d/.test(one));
    expect(line, `a way to answer ${expected.value}`).toBeDefined();
    customer.type(/\d+(\.\d+)*/.exec(line ?? "")?.[0] ?? "");
  }
  await world.standIn.settled();
  const answer = (await world.inbound(contact)).at(-1);
  expect(answer).toMatchObject({ type: "tap", messageId: message.id, value: expected.value });
  if (place) expect(answer).toEqual({ type: "tap", messageId: message.id, ...expected });
}

/** The place of an answer among all that a content asks for. */
async function positionOf(
  world: ChannelWorld,
  contact: Parameters<ChannelWorld["inbound"]>[0],
  messageId: string,
  expected: ReturnType<typeof tapsOf>[number],
): Promise<number> {
  const message = await world.client.messages.get(contact.id, messageId);
  if (message.direction !== "outbound") throw new Error("not sent by us");
  return tapsOf(message.content).findIndex(({ value }) => value === expected.value);
}

function faultTests({ tells, evidence, longText, channel }: ChannelCase, channelTest: ChannelTest): void {
  const arrived = tells.delivered ? "delivered" : "sent";

  channelTest("a rate limit delays, and nothing is sent twice or out of order", async (world) => {
    const { contact } = await world.opened();
    world.standIn.fault("none", "rate-limit", "rate-limit", "none", "rate-limit");
    const ids: string[] = [];
    for (const word of ["one", "two", "three"])
      ids.push((await world.client.messages.send(contact.id, text(word))).id);
    for (const id of ids) await hurry(world, contact, id, arrived);
    expect(world.standIn.received().map(({ shown }) => shown.texts[0])).toEqual(["one", "two", "three"]);
  });

  channelTest(
    "a lost answer is cleared up by what evidence there is, and never by sending blindly",
    async (world) => {
      const { contact } = await world.opened();
      world.standIn.fault("lose-answer");
      const { id } = await world.client.messages.send(contact.id, text("Once"));
      const final = await hurry(world, contact, id, evidence === "none" ? "unknown" : arrived);
      expect(final.attempts?.[0]).toMatchObject(evidence === "marks" ? {} : { outcome: "ambiguous" });
      expect(world.standIn.received()).toHaveLength(1);
      expect((await world.sendThrough(contact, text("Next"))).status).toBe(arrived);
    },
  );

  channelTest("a lost request ends as unknown, or is repeated where that is safe", async (world) => {
    const { contact } = await world.opened();
    world.standIn.fault("lose-request");
    const { id } = await world.client.messages.send(contact.id, text("Maybe"));
    await hurry(world, contact, id, evidence === "retry-key" ? arrived : "unknown");
    expect(world.standIn.received()).toHaveLength(evidence === "retry-key" ? 1 : 0);
  });

  channelTest("of several parts, those that are there are not sent again", async (world) => {
    const { contact } = await world.opened();
    const words = Array.from({ length: longText / 10 }, (_, n) => `word${String(n).padStart(5, "0")}`);
    world.standIn.fault("none", evidence === "none" ? "rate-limit" : "lose-answer");
    const { id } = await world.client.messages.send(contact.id, text(words.join(" ")));
    const final = await hurry(world, contact, id, arrived);
    expect(final.attempts?.length).toBeGreaterThan(1);
    const shown = world.standIn.received().flatMap((one) => one.shown.texts);
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.join(" ").split(/\s+/)).toEqual(words);
  });

  channelTest(
    "a customer who cannot be reached makes the message fail, or nothing is told",
    async (world) => {
      const { customer, contact } = await world.opened();
      customer.block();
      const { id } = await world.client.messages.send(contact.id, text("Hello?"));
      if (channel === "line") await hurry(world, contact, id, "sent");
      else expect((await hurry(world, contact, id, "failed")).reason).toMatch(/\d/);
    },
  );

  if (tells.failure) {
    channelTest("what fails after it was taken is told, and the next message goes out", async (world) => {
      const { contact } = await world.opened();
      world.standIn.fault("fail-later");
      const { id } = await world.client.messages.send(contact.id, text("Fails"));
      const failed = await hurry(world, contact, id, "failed");
      expect(failed.reason).toContain("131053");
      expect(await world.statuses(contact, id)).toEqual(["queued", "sending", "sent", "failed"]);
      expect((await world.sendThrough(contact, text("Next"))).status).toBe("delivered");
      await world.client.messages.retry(contact.id, id);
      await hurry(world, contact, id, "delivered");
    });
  }
}

const waiting: readonly string[] = ["queued", "retry_wait", "ambiguous"];

/** Waits for a status while hours pass, so that waits and settling times are over. */
async function hurry(
  world: ChannelWorld,
  contact: Parameters<ChannelWorld["inbound"]>[0],
  id: string,
  status: string,
) {
  const found = await waitUntil(async () => {
    const message = await world.client.messages.get(contact.id, id);
    if (message.direction === "outbound" && message.status === status) return message;
    // While a request is under way the clock stands still, or its claim would run out.
    if (message.direction === "outbound" && waiting.includes(message.status)) world.advance(5000);
    return undefined;
  });
  await world.standIn.settled();
  return found;
}
