import { coverage } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { type CallApi, callApiWith, fetchToken, startOrganisation } from "./start-emulator.ts";

const pathsFile = "reference/genesys-paths.json";

interface PlatformOperation {
  method: string;
  path: string;
  permissions: { mode: "ALL" | "ANY" | "NO"; list: string[] };
}

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let callWithoutPermission: CallApi;
beforeAll(async () => {
  organisation = await startOrganisation();
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient({ permissions: [] });
  callWithoutPermission = callApiWith(emulator, await fetchToken(emulator, id, secret));
});
afterAll(() => organisation.close());

const refusals = {
  ALL: ["missing.permissions", "missingPermissions"],
  ANY: ["missing.any.permissions", "permissions"],
} as const;

/** What an operation asks of a client that may do nothing. */
async function permissionsAskedBy({
  method,
  path,
}: PlatformOperation): Promise<PlatformOperation["permissions"]> {
  const { body } = await callWithoutPermission(method, path.replace(/\{\w+\}/g, "none"));
  for (const mode of ["ALL", "ANY"] as const) {
    const [code, param] = refusals[mode];
    if (body?.code === code) return { mode, list: body.messageParams[param].split(", ") };
  }
  return { mode: "NO", list: [] };
}

test.skipIf(!hasSharedData(pathsFile))("every operation asks for the platform's permissions", async () => {
  const answered = coverage.filter(({ level }) => level !== "missing").map(({ operation }) => operation);
  const operations = readSharedJson<PlatformOperation[]>(pathsFile).filter(({ method, path }) =>
    answered.includes(`${method} ${path}`),
  );
  const asked = await Promise.all(
    operations.map(async (operation) => ({ ...operation, permissions: await permissionsAskedBy(operation) })),
  );

  const rows = (all: readonly PlatformOperation[]) =>
    all.map(
      ({ method, path, permissions: { mode, list } }) =>
        `${method} ${path} ${mode === "ALL" && list.length === 1 ? "ANY" : mode} ${[...list].sort()}`,
    );
  expect(operations.length).toBeGreaterThan(45);
  expect(rows(asked)).toEqual(rows(operations));
});
