import { readFileSync } from "node:fs";
import { genesysCloudOperations } from "@quickcard/client/genesys-cloud";
import { liveOperations } from "@quickcard/gateway";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../../docs/live.md", import.meta.url), "utf8");

test("docs/live.md says of each operation what the data says, in its order", () => {
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| what"))
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.trim()),
    );

  expect(rows).toEqual(
    liveOperations.map(({ does, by, live, certainty, note }) => [does, by, live, certainty, note]),
  );
});

test("every operation that is named is one that the client has", () => {
  const places = new Set(["webhook", "our own channel", "bot connector", "no route"]);
  const unknown = liveOperations
    .flatMap(({ by }) => by.split(", "))
    .filter((name) => !places.has(name) && !Object.hasOwn(genesysCloudOperations, name));

  expect(unknown).toEqual([]);
});
