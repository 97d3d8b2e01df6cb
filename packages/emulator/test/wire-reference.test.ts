import { readFileSync } from "node:fs";
import { enumerations, models } from "@quickcard/emulator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hasSharedData, sharedPath } from "../../../testing/shared-data.ts";
import { wireArbitrary } from "../../../testing/wire-arbitrary.ts";
import { findFaults } from "../src/wire/find-faults.ts";

const referenceFile = "reference/genesys-cloud.md";

/** Shapes that the reference names and that have no table here. */
const elsewhere: Record<string, string> = {
  OpenOutboundNormalizedMessage:
    "the webhook: no model of the SDK; its recordings are the fixtures `outbound`",
  OpenRichMediaSetting: "no model of the SDK refers to it",
  ConversationContentRichLink: "no model of the SDK refers to it",
  ConversationContentRoadsideAssistance: "no model of the SDK refers to it",
  Response: "canned responses for WhatsApp, which go over no open integration",
  MessagingTemplate: "canned responses for WhatsApp, which go over no open integration",
  AdditionalSocialMediaMessage: "social media, which Open Messaging is not",
  TextBotFlowLaunchRequest: "bot flows that a program drives itself, past the conversation",
  TextBotFlowTurnRequest: "bot flows that a program drives itself, past the conversation",
};

/** Names that the reference has in the same type face and that are no shapes. */
const noShapes = [
  "ApplePay",
  "CampaignEmailTemplate",
  "CampaignSmsTemplate",
  "Footer",
  "GenericTemplate",
  "ListTemplate",
  "MyPureCloud",
];

/** Every name in sections 3 to 5: inbound, outbound, and how a program sends rich messages. */
function namesInReference(): string[] {
  const page = readFileSync(sharedPath(referenceFile), "utf8");
  const sections = page.slice(page.indexOf("\n## 3. "), page.indexOf("\n## 6. "));
  return [...new Set([...sections.matchAll(/`([A-Z][a-z]\w+)/g)].map(([, name = ""]) => name))];
}

test.skipIf(!hasSharedData(referenceFile))(
  "every shape in sections 3 to 5 of the reference has its table",
  () => {
    const values = Object.values(enumerations).flat() as string[];
    const known = new Set([...Object.keys(models), ...values, ...Object.keys(elsewhere), ...noShapes]);
    const names = namesInReference();

    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect([...Object.keys(elsewhere), ...noShapes].filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => name in models).length).toBeGreaterThan(35);
  },
);

const names = Object.keys(models) as (keyof typeof models)[];

test.each(names)("any %s is read as it was written, and missed without what it requires", (name) => {
  const required = Object.keys(models[name]).flatMap((key) => (key.startsWith("*") ? [key.slice(1)] : []));
  fc.assert(
    fc.property(wireArbitrary(name), fc.nat(), (value, place) => {
      expect(findFaults(name, JSON.parse(JSON.stringify(value)))).toEqual([]);
      if (required.length === 0) return;
      const missing = required[place % required.length] ?? "";
      const { [missing]: _, ...rest } = value;
      expect(findFaults(name, rest)).toMatchObject([{ at: `/${missing}` }]);
    }),
    { numRuns: 20 },
  );
});
