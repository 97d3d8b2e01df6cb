import { readFileSync } from "node:fs";
import {
  adviceTable,
  coverage,
  createEmulator,
  type Emulator,
  EmulatorDataError,
  EmulatorDataInUseError,
  EmulatorError,
  EmulatorOptionError,
  EmulatorPortError,
  emulatorLimits,
  faultKinds,
  knownPermissions,
} from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { renderReference } from "./render-reference.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await createEmulator();
});

afterAll(() => emulator.close());

test("the coverage table says of each registered route that it is there, and of no other", () => {
  const told = coverage.filter(({ level }) => level !== "missing").map(({ operation }) => operation);
  const answered = new Set(emulator.operations);
  // Where GET is answered, HEAD is.
  const isAnswered = (operation: string) =>
    answered.has(operation) || answered.has(operation.replace(/^HEAD /, "GET "));

  expect(told.filter((operation) => !isAnswered(operation))).toEqual([]);
  expect(emulator.operations.filter((operation) => !told.includes(operation))).toEqual([]);
  expect(new Set(coverage.map(({ operation }) => operation)).size).toBe(coverage.length);
});

const pathFiles = ["reference/genesys-paths.json", "reference/genesys-paths-related.json"];

test.skipIf(!pathFiles.every(hasSharedData))(
  "every operation of Open Messaging is in the table, and none that the platform does not have",
  () => {
    const operations = pathFiles
      .flatMap((file) => readSharedJson<{ method: string; path: string }[]>(file))
      .map(({ method, path }) => `${method} ${path}`);
    const belongs =
      /^\w+ \/api\/v2\/(conversations\/(messages|messaging\/(integrations$|integrations\/open(\/\{integrationId\})?$|settings|supportedcontent|threadingtimeline|identityresolution\/integrations\/open))|notifications|routing\/message|ipranges|tokens|analytics|integrations\/botconnector)/;
    // The login host, and a route of users, are in neither list.
    const elsewhere = ["POST /oauth/token", "GET /api/v2/users/me"];
    const told = coverage.map(({ operation }) => operation);

    expect(operations.filter((operation) => belongs.test(operation) && !told.includes(operation))).toEqual(
      [],
    );
    expect(told.filter((operation) => ![...operations, ...elsewhere].includes(operation))).toEqual([]);
  },
);

test("docs/reference/emulator.md is what the code says", async () => {
  const page = renderReference({
    coverage,
    controls: emulator.controls,
    limits: emulatorLimits,
    faultKinds,
    knownPermissions,
    adviceTable,
  });

  await expect(page).toMatchFileSnapshot("../../../docs/reference/emulator.md");
});

test.each([
  new EmulatorOptionError("x"),
  new EmulatorPortError("x", "y"),
  new EmulatorDataInUseError("x", 1),
  new EmulatorDataError("x", "y"),
])("$code has its place on the page", (error) => {
  const page = readFileSync(new URL("../../../docs/reference/emulator.md", import.meta.url), "utf8");

  expect(error).toBeInstanceOf(EmulatorError);
  expect(page).toContain(`| \`${error.code}\` |`);
});
