import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";

const migrations = new URL("../migrations/sqlite/", import.meta.url);
const now = Date.parse("2026-11-22T12:00:00Z");

/** A database as version 2 left it: of two contacts' messages one is sent, three wait, one of these is scheduled. */
function writeVersionTwo(directory: string): void {
  const database = new Database(join(directory, "quickcard.db"));
  for (const name of ["0001-initial.sql", "0002-subscriptions.sql"]) {
    database.exec(readFileSync(new URL(name, migrations), "utf8"));
  }
  database.exec("PRAGMA user_version = 2");
  for (const contact of [1, 2]) {
    database.exec(
      `INSERT INTO contacts (seq, id, conversation_id, state, channel, chat_token, created_at, updated_at)
         VALUES (${contact}, 'contact-${contact}', 'conversation-${contact}', 'active', 'web', 'token-${contact}', ${now}, ${now});
       INSERT INTO lanes (contact_seq, channel, due_at) VALUES (${contact}, 'web', ${now})`,
    );
  }
  const messages = [
    { contact: 1, status: "sent", sendAt: "NULL" },
    { contact: 1, status: "queued", sendAt: "NULL" },
    { contact: 2, status: "queued", sendAt: now - 1 },
    { contact: 2, status: "queued", sendAt: "NULL" },
  ];
  for (const [index, { contact, status, sendAt }] of messages.entries()) {
    const seq = index + 1;
    database.exec(
      `INSERT INTO messages (seq, id, contact_seq, direction, status, content, created_at, mode, send_at, expires_at, position)
         VALUES (${seq}, 'message-${seq}', ${contact}, 'outbound', '${status}', '{"type":"text","text":"Hi"}', ${now}, 'reconcile',
                 ${sendAt}, ${now + 60_000}, ${seq});
       INSERT INTO events (type, contact_seq, message_seq, value, created_at)
         VALUES ('message.status', ${contact}, ${seq}, 'queued', ${now})`,
    );
  }
  database.close();
}

test("goes on with what waited when an older version stopped", async () => {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-migrations-"));
  writeVersionTwo(directory);
  const store = openSqliteStore(directory, { now: () => now });

  const delivered: string[] = [];
  for (;;) {
    const { claims } = await store.claim({ channel: "web", limit: 10, leaseMs: 1000 });
    if (claims.length === 0) break;
    for (const claim of claims) {
      delivered.push(claim.message.id);
      await store.settle({ claim, outcome: { kind: "applied" }, decision: { status: "sent" } });
    }
  }

  expect(delivered.toSorted()).toEqual(["message-2", "message-3", "message-4"]);
  expect(delivered.indexOf("message-3")).toBeLessThan(delivered.indexOf("message-4"));
  const events = await store.readEvents(0, 100, "contact-1");
  expect(events.map(({ id }) => id).slice(0, 2)).toEqual([1, 2]);
  await store.close();
  rmSync(directory, { recursive: true });
});
