import type { Claims, Store, StoreChange } from "../store.ts";
import type { ChangeFeed } from "./change-feed.ts";
import * as clients from "./client-queries.ts";
import * as contacts from "./contact-queries.ts";
import type { Database } from "./database.ts";
import * as delivery from "./delivery-queries.ts";
import { GroupedCalls } from "./grouped-calls.ts";
import * as intake from "./intake-queries.ts";
import { linkMethods } from "./link-queries.ts";
import * as messages from "./message-queries.ts";
import * as notifications from "./notification-queries.ts";
import * as parts from "./part-queries.ts";
import * as rates from "./rate-queries.ts";
import * as subscriptions from "./subscription-queries.ts";

/** What the parts of a store stand on. */
interface Ground {
  database: Database;
  feed: ChangeFeed;
  /** How far the store's clock is ahead of the database's. */
  offset: () => number;
}

/** How many calls one round trip takes, and how many round trips of a kind are under way at once. */
const grouping = { maxBatch: 256, maxInFlight: 2 } as const;

/** The store in a PostgreSQL database, which any number of processes may share. */
export function createPostgresStore(ground: Ground): Store {
  const { database, feed } = ground;
  const groups = groupCalls(ground);
  return {
    ...clientMethods(ground, groups),
    ...contactMethods(ground, groups),
    ...messageMethods(ground, groups),
    ...deliveryMethods(ground, groups),
    ...partMethods(ground),
    ...administrationMethods(ground),
    ...subscriptionMethods(ground),
    ...linkMethods(database, ground.offset),
    lastEventId: () => messages.lastEventId(database),
    readEvents: (afterId, limit, contactId) => messages.readEvents(database, afterId, limit, contactId),
    removeExpired: (now, limit) => clients.removeExpired(database, now, limit),
    takeRate: (key, allowed, windowMs) => groups.rates.call({ key, allowed, windowMs }),
    onChange: (listener) => feed.listen(listener),
    signals: {
      send: (signal) => feed.sendSignal(signal),
      listen: (listener) => feed.listenToSignals(listener),
    },
    async ping() {
      await database.query("SELECT 1");
    },
    async close() {
      await Promise.all(Object.values(groups).map((group) => group.drain()));
      await feed.stop();
      await database.close();
    },
  };
}

function groupCalls({ database, feed, offset }: Ground) {
  return {
    messages: new GroupedCalls({
      ...grouping,
      keyOf: intake.keyOfMessage,
      async run(requests: intake.NewMessage[]) {
        const answers = await intake.acceptMessages(database, requests, offset());
        if (answers.some(({ kind }) => kind === "created")) feed.announce(["events", "messages"]);
        return answers;
      },
    }),
    inbound: new GroupedCalls({
      ...grouping,
      keyOf: intake.keyOfInbound,
      async run(requests: Parameters<Store["acceptInbound"]>[0][]) {
        const answers = await intake.acceptInbound(database, requests, offset());
        if (answers.some(({ kind }) => kind === "created")) feed.announce(["events"]);
        return answers;
      },
    }),
    settlements: new GroupedCalls({
      ...grouping,
      async run(requests: Parameters<Store["settle"]>[0][]) {
        const taken = await delivery.settle(database, requests, offset());
        if (taken.includes(true)) feed.announce(["events"]);
        return taken;
      },
    }),
    tokens: new GroupedCalls({
      ...grouping,
      run: (hashes: string[]) => clients.findTokens(database, hashes),
    }),
    contacts: new GroupedCalls({
      ...grouping,
      run: (ids: string[]) => contacts.findContacts(database, "id", ids),
    }),
    rates: new GroupedCalls({
      ...grouping,
      // Two at once would only wait for each other's lock on the window.
      maxInFlight: 1,
      run: (requests: rates.RateRequest[]) => rates.takeRates(database, requests, offset()),
    }),
  };
}

type Groups = ReturnType<typeof groupCalls>;

function clientMethods({ database }: Ground, groups: Groups) {
  return {
    insertClient: (client) => clients.insertClient(database, client),
    findClient: (clientId) => clients.findClient(database, clientId),
    listClients: () => clients.listClients(database),
    revokeClient: (clientId, now) => clients.revokeClient(database, clientId, now),
    insertToken: (token) => clients.insertToken(database, token),
    findToken: (hash) => groups.tokens.call(hash),
    insertAuthorizationCode: (code) => clients.insertAuthorizationCode(database, code),
    takeAuthorizationCode: (hash) => clients.takeAuthorizationCode(database, hash),
  } satisfies Partial<Store>;
}

function contactMethods({ database, feed, offset }: Ground, groups: Groups) {
  const findBy = async (column: contacts.UniqueColumn, value: string) =>
    (await contacts.findContacts(database, column, [value]))[0];
  return {
    async insertContact(contact, claim) {
      const answer = await contacts.insertContact(database, contact, claim, offset());
      if (answer.kind === "created") feed.announce(["events"]);
      return answer;
    },
    findContact: (id) => groups.contacts.call(id),
    findContactByAddress: (channel, address) => contacts.findContactByAddress(database, channel, address),
    findContactByConversation: (id) => findBy("conversation_id", id),
    findContactByChatToken: (token) => findBy("chat_token", token),
    listContacts: (filter) => contacts.listContacts(database, filter),
    async updateContact(id, update, now) {
      const contact = await contacts.updateContact(database, id, update, now, offset());
      if (contact) feed.announce(["events"]);
      return contact;
    },
    deleteContact: async (id) =>
      announcing(feed, ["events"], await contacts.deleteContact(database, id, offset())),
    queryConversations: (filter) => contacts.queryConversations(database, filter),
  } satisfies Partial<Store>;
}

function messageMethods({ database, feed, offset }: Ground, groups: Groups) {
  return {
    acceptMessage: (message, claim, rendering) => groups.messages.call({ message, claim, rendering }),
    async acceptInbound(message, media) {
      if (!media) return groups.inbound.call(message);
      const answer = await intake.acceptInboundMedia(database, { message, media }, offset());
      if (answer.kind === "created") feed.announce(["events"]);
      return answer;
    },
    readMedia: (id) => messages.readMedia(database, id),
    findMessage: (contactId, id) => messages.findMessage(database, contactId, id),
    locateMessage: (id) => messages.locateMessage(database, id),
    listMessages: (contactId, range) => messages.listMessages(database, contactId, range),
    findMessages: (filter) => messages.findMessages(database, filter),
    listAttempts: (messageId) => messages.listAttempts(database, messageId),
    listStatuses: (message) => messages.listStatuses(database, message),
  } satisfies Partial<Store>;
}

function deliveryMethods({ database, feed, offset }: Ground, groups: Groups) {
  return {
    async claim(request): Promise<Claims> {
      const claimed = await delivery.claim(database, request, offset());
      if (claimed.claims.length > 0) feed.announce(["events"]);
      // Where this fails, the platform may say "too many" once, which is waited out as any pause.
      delivery.postponeLateGrant(database, request, claimed, offset()).catch(() => undefined);
      return claimed;
    },
    settle: (settlement) => groups.settlements.call(settlement),
    reportPace: (channel, pace, report) => delivery.reportPace(database, channel, pace, report, offset()),
    async recordApplied(messageId, channelMessageId) {
      const parameters = [messageId, channelMessageId ?? null, offset()];
      return await change({ database, feed }, "record_applied($1, $2, $3)", parameters);
    },
    async recordReceipts(contactId, messageIds, status) {
      const parameters = [contactId, messageIds, status, offset()];
      await change({ database, feed }, "record_receipts($1, $2, $3, $4)", parameters);
    },
  } satisfies Partial<Store>;
}

function partMethods({ database, feed, offset }: Ground) {
  return {
    findRenderings: (ids) => parts.findRenderings(database, ids),
    listParts: (messageId) => parts.listParts(database, messageId),
    recordPart: (messageId, part) => parts.recordPart(database, messageId, part),
    reportPart: (messageId, part) =>
      change({ database, feed }, "report_part($1, $2, $3)", [messageId, parts.partToJson(part), offset()]),
    findPart: (channel, id) => parts.findPart(database, channel, id),
  } satisfies Partial<Store>;
}

function administrationMethods({ database, feed, offset }: Ground) {
  return {
    cancelMessage: (id) => change({ database, feed }, "cancel_message($1, $2)", [id, offset()]),
    retryMessage: (id, end) => change({ database, feed }, "retry_message($1, $2, $3)", [id, end, offset()]),
    dropMessage: (id) => change({ database, feed }, "drop_message($1)", [id]),
    async removeFinished(before, limit) {
      const [row] = await database.query<{ removed: number }>(
        "SELECT quickcard.remove_finished($1, $2) AS removed",
        before,
        limit,
      );
      return row?.removed ?? 0;
    },
  } satisfies Partial<Store>;
}

function subscriptionMethods({ database, feed, offset }: Ground) {
  return {
    insertSubscription: (record, limit) => subscriptions.insertSubscription(database, record, limit),
    findSubscription: (id) => subscriptions.findSubscription(database, id),
    listSubscriptions: () => subscriptions.listSubscriptions(database),
    async updateSubscription(id, update) {
      const record = await subscriptions.updateSubscription(database, id, update);
      if (record) feed.announce(["events"]);
      return record;
    },
    rotateSecret: (id, secret, previous) =>
      subscriptions.rotateSecret(database, id, secret, previous, offset()),
    deleteSubscription: (id) => subscriptions.deleteSubscription(database, id),
    findStanding: (id) => subscriptions.findStanding(database, id),
    async replayEvents(id, range) {
      const count = await subscriptions.replayEvents(database, id, range, offset());
      if (count !== undefined) feed.announce(["events"]);
      return count;
    },
    claimNotifications: (request) => notifications.claimNotifications(database, request, offset()),
    settleNotification: (claim, result) =>
      notifications.settleNotification(database, claim, result, offset()),
  } satisfies Partial<Store>;
}

/** Calls a function that says whether it changed anything of a message. */
async function change(
  { database, feed }: Pick<Ground, "database" | "feed">,
  call: string,
  parameters: Parameters<Database["query"]>[1][],
): Promise<boolean> {
  const [row] = await database.query<{ changed: boolean }>(
    `SELECT quickcard.${call} AS changed`,
    ...parameters,
  );
  return announcing(feed, ["events", "messages"], row?.changed === true);
}

function announcing(feed: ChangeFeed, changes: StoreChange[], hasChanged: boolean): boolean {
  if (hasChanged) feed.announce(changes);
  return hasChanged;
}
