import type { ReceivedMessage } from "@quickcard/emulator/vendors";
import type { MessageReport } from "../judge.ts";
import type { Operation } from "../operation.ts";
import { readWords, type Word } from "./words.ts";

/** What a run came to. */
export interface VendorVerdict {
  /** Broken promises. */
  complaints: string[];
  sent: number;
  unknown: number;
}

interface Evidence {
  operations: readonly Operation[];
  /** What the gateway says, by contact. */
  reports: ReadonlyMap<string, readonly MessageReport[]>;
  contacts: readonly { id: string; address: string }[];
  /** What the vendor has, in its order. */
  received: readonly ReceivedMessage[];
  /** Whether no doubt stays of what the vendor has. */
  clearsUp: boolean;
}

/** Compares, word by word, what each customer was shown with what the gateway says of it. */
export function judgeVendor({ operations, reports, contacts, received, clearsUp }: Evidence): VendorVerdict {
  const verdict: VendorVerdict = { complaints: [], sent: 0, unknown: 0 };
  for (const { id, address } of contacts) {
    const words = received
      .filter(({ to }) => to === address)
      .flatMap(({ shown }) => shown.texts.flatMap(readWords));
    verdict.complaints.push(...disorderOf(address, words));
    const byId = new Map(reports.get(id)?.map((report) => [report.id, report]));
    for (const { messageId = "", number, text } of operations.filter(({ contactId }) => contactId === id)) {
      const there = words.filter(([of]) => of === number).length;
      judgeMessage(verdict, `${address}, message ${number}`, byId.get(messageId), {
        isWhole: there >= readWords(text).length,
        clearsUp,
      });
    }
  }
  return verdict;
}

/** Words are there once, and in their order, whatever became of what lies between them. */
function disorderOf(address: string, words: readonly Word[]): string[] {
  return words.flatMap(([number, place], index) => {
    const [before, placeBefore] = words[index - 1] ?? [-1, -1];
    const follows = number > before || (number === before && place > placeBefore);
    return follows ? [] : [`${address}: ${number}.${place} comes after ${before}.${placeBefore}`];
  });
}

function judgeMessage(
  verdict: VendorVerdict,
  name: string,
  report: MessageReport | undefined,
  { isWhole, clearsUp }: { isWhole: boolean; clearsUp: boolean },
): void {
  const status = report?.status;
  if (status === "sent" || status === "delivered") {
    verdict.sent += 1;
    if (!isWhole) verdict.complaints.push(`${name} is called ${status}, and not all of it is there`);
  } else if (status === "unknown") {
    verdict.unknown += 1;
    if (isWhole && clearsUp)
      verdict.complaints.push(`${name} is called unknown, and the vendor has all of it`);
  } else verdict.complaints.push(`${name} is ${status ?? "not in the history"}`);
}
