import { administrationTests } from "./store-conformance/administration.ts";
import { clientTests } from "./store-conformance/clients.ts";
import { contactTests } from "./store-conformance/contacts.ts";
import { eventTests } from "./store-conformance/events.ts";
import { idempotencyTests } from "./store-conformance/idempotency.ts";
import { intakeTests } from "./store-conformance/intake.ts";
import { laneTests } from "./store-conformance/lanes.ts";
import { linkTests } from "./store-conformance/links.ts";
import { outcomeTests } from "./store-conformance/outcomes.ts";
import { paceTests } from "./store-conformance/pace.ts";
import { partTests } from "./store-conformance/parts.ts";
import type { OpenStore } from "./store-conformance/store-world.ts";
import { subscriptionTests } from "./store-conformance/subscriptions.ts";

export type { OpenStore } from "./store-conformance/store-world.ts";

const parts = {
  clients: clientTests,
  contacts: contactTests,
  idempotency: idempotencyTests,
  intake: intakeTests,
  lanes: laneTests,
  outcomes: outcomeTests,
  pace: paceTests,
  parts: partTests,
  administration: administrationTests,
  events: eventTests,
  subscriptions: subscriptionTests,
  links: linkTests,
};

/** What every store must do, whatever it is made of. `open` gives an empty store for each test. */
export function describeStore(name: string, open: OpenStore): void {
  for (const [part, define] of Object.entries(parts)) define(`${name}: ${part}`, open);
}
