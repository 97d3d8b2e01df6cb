import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { OpenMessagingClient, text } from "@quickcard/client";

const [file = "reminders.csv", batch = "reminders"] = process.argv.slice(2);

/** The rows of a plain table, read as they are sent: the file may be larger than memory. */
async function* reminders() {
  let isHeader = true;
  for await (const line of createInterface(createReadStream(file))) {
    const [contactId = "", appointment = "", time = ""] = line.split(",");
    if (!isHeader && contactId) {
      // The key is what makes a second run safe: the same appointment is not sent twice.
      yield { contactId, key: appointment, message: text(`See you at ${time}.`) };
    }
    isHeader = false;
  }
}

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();

let last = { sent: 0, failed: 0, unknown: 0 };
for await (const result of client.messages.sendMany(reminders(), {
  batch,
  onProgress: (progress) => {
    last = progress;
  },
})) {
  if (result.status !== "sent") console.error(`${result.key}: ${result.status}`, result.error);
}
console.log(`Sent ${last.sent}, failed ${last.failed}, unknown ${last.unknown}`);
await client.close();
process.exitCode = last.failed + last.unknown > 0 ? 1 : 0;
