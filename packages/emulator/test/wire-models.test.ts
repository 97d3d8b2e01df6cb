import { readFileSync } from "node:fs";
import { enumerations, models } from "@quickcard/emulator";
import { expect, test } from "vitest";
import { hasSharedData, sharedPath } from "../../../testing/shared-data.ts";

const modelsFile = "reference/genesys-models.txt";

interface PlatformField {
  isRequired: boolean;
  values: string | undefined;
}

/** Reads the facts about the platform's models: name, then fields with star, type and enumeration. */
function readPlatformModels(): Map<string, Map<string, PlatformField>> {
  const found = new Map<string, Map<string, PlatformField>>();
  let fields = new Map<string, PlatformField>();
  for (const line of readFileSync(sharedPath(modelsFile), "utf8").split("\n")) {
    const model = /^model (\w+)/.exec(line)?.[1];
    if (model !== undefined) {
      fields = new Map();
      found.set(model, fields);
    }
    const field = /^ {2}([ *])(\w+): .*?(?:enum\{(.*)\})?$/.exec(line);
    if (field !== null) fields.set(field[2] ?? "", { isRequired: field[1] === "*", values: field[3] });
  }
  return found;
}

/** Where our table leaves the SDK's types, each for a reason told beside it. */
const looser = new Set([
  "AdditionalMessage.textBody",
  "ConversationNotificationTemplateHeader.type",
  "SupportedContent.id",
]);

const valuesOf = (type: string) => (enumerations as Record<string, readonly string[]>)[type]?.join(" | ");

/** What our field says otherwise than the platform's. */
function differencesOf(model: string, key: string, type: string, field: PlatformField | undefined): string[] {
  const place = `${model}.${key.replace("*", "")}`;
  if (field === undefined) return [`${place} is not the platform's`];
  const { isRequired, values } = field;
  const hasOtherStar = isRequired !== key.startsWith("*") && !looser.has(place);
  const hasOtherValues = values !== undefined && (valuesOf(type) ?? values) !== values;
  return [
    ...(hasOtherStar ? [`${place} is ${isRequired ? "" : "not "}required`] : []),
    ...(hasOtherValues ? [`${place} has the values ${values}`] : []),
  ];
}

test.skipIf(!hasSharedData(modelsFile))("fields, stars and values are the platform's", () => {
  const platform = readPlatformModels();
  const fields = Object.entries(models).flatMap(([model, ours]) =>
    platform.has(model) ? Object.entries(ours).map(([key, type]) => [model, key, type] as const) : [],
  );
  const differences = fields.flatMap(([model, key, type]) =>
    differencesOf(model, key, type, platform.get(model)?.get(key.replace("*", ""))),
  );

  expect(differences).toEqual([]);
  expect(fields.length).toBeGreaterThan(150);
});
