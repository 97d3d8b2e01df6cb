import type { OpenReceiptNormalizedMessage } from "@quickcard/client/genesys-cloud";
import { describe, expect, test } from "vitest";
import recorded from "../../emulator/test/fixtures/recorded-payloads.json" with { type: "json" };
import type { Cloud } from "../src/genesys-cloud/cloud.ts";
import { defaultLinkPolicy as policy } from "../src/genesys-cloud/link-policy.ts";
import { tellGenesysCloud } from "../src/genesys-cloud/telling/tell-genesys-cloud.ts";
import { UntoldEvents } from "../src/genesys-cloud/telling/untold-events.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { EventRecord, OutboundRecord } from "../src/store/records.ts";

type Answer = Pick<OpenReceiptNormalizedMessage, "status" | "reasons">;

/** Tells what became of a message of Genesys Cloud's, which answers the receipt with 200 and this. */
async function tell(answer: Answer, status: "delivered" | "failed" = "delivered", attempt = 1) {
  const store = createMemoryStore();
  const createdAt = Date.now();
  const contact = {
    id: "ada",
    conversationId: "c",
    state: "active",
    channel: "web",
    chatToken: "t",
  } as const;
  await store.insertContact({ ...contact, createdAt, updatedAt: createdAt });
  const place = {
    messageId: "m1",
    contactId: "ada",
    integrationId: "one",
    remoteId: "r1",
    part: 0,
    parts: 1,
  };
  await store.recordLinkedMessage({ ...place, role: "origin", createdAt });
  const message = { id: "m1", contactId: "ada", direction: "outbound", status } as OutboundRecord;
  const event = {
    id: 1,
    type: "message.status",
    contactId: "ada",
    message,
    status,
    ...(status === "failed" ? { reason: "The channel answered 400." } : {}),
    createdAt,
  } as EventRecord;
  const cloud = { openMessaging: { receiveReceipt: async () => answer } } as unknown as Cloud;
  const world = { integrations: [], policy, untold: new UntoldEvents(), random: () => 0.5, now: Date.now };
  const signal = new AbortController().signal;
  return tellGenesysCloud({ cloud, store, ...world }, { event, attempt }, signal);
}

const failed = (code?: NonNullable<Answer["reasons"]>[number]["code"]): Answer => ({
  status: "Failed",
  reasons: [{ ...(code ? { code } : {}), message: "Sorry." }],
});

describe("a receipt that is answered with 200", () => {
  test("and what it said is told", async () => {
    expect(await tell({ status: "Delivered" })).toEqual({ kind: "taken" });
    expect(await tell(failed("GeneralError"), "failed")).toEqual({ kind: "taken" });
    expect(await tell({ status: "Failed" }, "failed")).toEqual({ kind: "taken" });
  });

  test("and Failed for a message that Genesys Cloud does not know is told: there is nobody else to tell", async () => {
    expect(await tell(failed("UnknownMessage"))).toEqual({ kind: "taken" });
    expect(await tell(failed("UnknownMessage"), "failed")).toEqual({ kind: "taken" });
  });

  test("and Failed for a reason that passes is told again, and passed over when it stays", async () => {
    for (const code of ["RateLimited", "ServerError", "GeneralError", undefined] as const)
      expect(await tell(failed(code))).toMatchObject({
        kind: "retry",
        reason: expect.stringContaining("Sorry."),
      });
    expect(await tell({ status: "Failed" })).toMatchObject({ kind: "retry" });
    expect(await tell(failed("RateLimited"), "failed")).toMatchObject({ kind: "retry" });

    expect(await tell(failed("ServerError"), "delivered", 3)).toMatchObject({
      kind: "passed-over",
      reason: expect.stringContaining("ServerError"),
    });
  });

  test("and Failed for what it is, is passed over with the reason", async () => {
    expect(await tell(failed("InvalidMessageStructure"))).toEqual({
      kind: "passed-over",
      reason: "Genesys Cloud took the receipt as Failed: InvalidMessageStructure: Sorry.",
    });
  });

  test("as it was recorded, is told again", async () => {
    const { payload } = recorded.receiptAnswer;
    expect(await tell(payload as Answer)).toMatchObject({
      kind: "retry",
      reason: expect.stringContaining("some general error"),
    });
  });
});
