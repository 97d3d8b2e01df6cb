import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { validate } from "@quickcard/content/validate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pack } from "../../../scripts/pack.js";
import { npmCommand } from "../../../scripts/step.js";
import { type ServedGateway, serveQuickcard } from "../../../testing/serve-quickcard.ts";
import { bundledBytes, bundleForBrowser } from "../../client/bench/bundled-bytes.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "quickcard-packed-"));
const fewMinutesMs = 240_000;
let packages: Awaited<ReturnType<typeof pack>>;

beforeAll(async () => {
  packages = await pack(folder);
}, fewMinutesMs);
afterAll(() => rmSync(folder, { recursive: true }));

/** Installs what was packed, and packages of the registry, into an empty project. */
async function install(
  project: string,
  names: readonly string[],
  others: readonly string[] = [],
): Promise<string> {
  const directory = join(folder, project);
  mkdirSync(directory);
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true }));
  const tarballs = packages.filter(({ name }) => names.includes(name)).map(({ tarball }) => tarball);
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", `--prefix=${directory}`];
  const [program = "", ...args] = npmCommand("install", ...flags, ...tarballs, ...others);
  await run(program, args, { cwd: directory });
  return directory;
}

test("hold what is built, its sources and its description, and nothing else", () => {
  expect(packages.map(({ name }) => name)).toContain("@quickcard/client");
  for (const { files } of packages) {
    expect(files).toEqual(expect.arrayContaining(["package.json", "LICENSE", "README.md"]));
    const strays = files.filter(
      (file) => !/^((bin|dist|src|schema|migrations)\/|(package\.json|README\.md|LICENSE)$)/.test(file),
    );
    const unwanted = files.filter((file) =>
      /(^|\/)(test|fixtures|node_modules)\/|\.test\.|\.tsbuildinfo$|\.env|\.db$|\.tgz$/.test(file),
    );
    expect([...strays, ...unwanted]).toEqual([]);
  }
});

test(
  "bring at most four packages, 8 MB and few bytes of a bundle with the client, and check a message without zod",
  async () => {
    const project = await install("client-only", ["@quickcard/content", "@quickcard/client"]);

    const lockfile = readFileSync(join(project, "node_modules/.package-lock.json"), "utf8");
    const installed = Object.keys(JSON.parse(lockfile).packages);

    expect(installed).toContain("node_modules/@quickcard/client");
    expect(installed.length).toBeLessThanOrEqual(4);
    expect(bytesBelow(join(project, "node_modules"))).toBeLessThanOrEqual(8_000_000);
    const wrong = { type: "card", titel: "x" };
    writeFileSync(
      join(project, "check.mjs"),
      `import { validate } from "@quickcard/content/validate";
       console.log(JSON.stringify(validate(${JSON.stringify(wrong)})));`,
    );
    const { stdout } = await run(process.execPath, ["check.mjs"], { cwd: project });
    expect(JSON.parse(stdout)).toEqual(validate(wrong));

    const program = `import { OpenMessagingClient } from "@quickcard/client"; globalThis.kept = OpenMessagingClient;`;
    expect(await bundledBytes(program, project)).toBeLessThanOrEqual(10_240);
    expect(await bundledBytes(program, project, ["is-valid-message.js"])).toBeLessThanOrEqual(25_600);
  },
  fewMinutesMs,
);

test(
  "say what is missing where a file of a bundle was not deployed",
  async () => {
    const project = await install("bundled", ["@quickcard/content", "@quickcard/client"]);
    const program = `
      import { OpenMessagingClient } from "@quickcard/client";
      const client = new OpenMessagingClient({ baseUrl: "http://localhost", token: "t", fetch: () => new Response("{}") });
      const told = (call) => call.catch(({ code, fate, message }) => console.log(JSON.stringify({ code, fate, message })));
      await told(client.messages.sendMany([]).next());
      await told(client.events().next());`;
    const { outputFiles } = await bundleForBrowser(program, project);
    const deployed = outputFiles.filter(({ path }) => !basename(path).startsWith("send-many"));
    for (const { path, contents } of deployed) writeFileSync(path, contents);

    const { stdout } = await run(process.execPath, ["stdin.mjs"], { cwd: project });

    expect(deployed).toHaveLength(outputFiles.length - 1);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        code: "connection_failed",
        fate: "not_sent",
        message: "The part of @quickcard/client for sending many could not be loaded",
      },
      // Its part is there: what answers is no stream of events.
      expect.objectContaining({ code: "unreadable_answer" }),
    ]);
  },
  fewMinutesMs,
);

test(
  "go by the status of an answer where what explains refusals was not deployed, and unpaced where what paces was not",
  async () => {
    const project = await install("bundled-bare", ["@quickcard/content", "@quickcard/client"]);
    const program = `
      import { OpenMessagingClient } from "@quickcard/client";
      const answers = [];
      const slept = [];
      const time = { monotonicMs: () => 0, epochMs: () => 0, random: () => 1, sleep: async (ms) => void slept.push(ms) };
      const fetch = () => {
        const { status, ...rest } = answers.shift();
        return rest.throws ? Promise.reject(new TypeError("Failed to fetch")) : new Response(rest.text, { status, headers: { "inin-ratelimit-allowed": "300" } });
      };
      const client = new OpenMessagingClient({ baseUrl: "https://api.mypurecloud.com", token: () => "t" + answers.length, fetch }, { time });
      const tell = async (...script) => {
        answers.push(...script);
        const told = await client.contacts.get("c").catch(({ name, status, fate, retryable, attempts, fix }) => ({ name, status, fate, retryable, attempts, fix }));
        console.log(JSON.stringify({ told, slept: slept.splice(0).length, left: answers.splice(0).length }));
      };
      const found = { status: 200, text: '{"id":"c"}' };
      await tell({ status: 429 }, { status: 503 }, found);
      await tell({ status: 401 }, found);
      await tell({ status: 404 });
      await tell({ status: 307 });
      await tell(...Array(4).fill({ throws: true }));
      try { new OpenMessagingClient({ token: "t", proxy: "http://proxy:3128" }); } catch ({ message }) { console.log(JSON.stringify(message)); }`;
    const { outputFiles } = await bundleForBrowser(program, project);
    const deployed = outputFiles.filter(({ path }) => !/^(contacts-api-refusal|pacing)/.test(basename(path)));
    for (const { path, contents } of deployed) writeFileSync(path, contents);

    const { stdout } = await run(process.execPath, ["stdin.mjs"], { cwd: project });

    const bare = {
      attempts: 1,
      fate: "not_applied",
      retryable: false,
      fix: expect.stringContaining("deployed"),
    };
    expect(deployed).toHaveLength(outputFiles.length - 2);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { told: { id: "c" }, slept: 2, left: 0 },
      { told: { id: "c" }, slept: 0, left: 0 },
      { told: { name: "ApiError", status: 404, ...bare }, slept: 0, left: 0 },
      { told: { name: "RedirectError", status: 307, ...bare }, slept: 0, left: 0 },
      // A browser's fetch does not say whether the request went out.
      {
        told: {
          name: "ConnectionError",
          fate: "unknown",
          retryable: true,
          attempts: 4,
          fix: expect.stringContaining("CORS"),
        },
        slept: 3,
        left: 0,
      },
      "`proxy` must be left out: it is for Node alone",
    ]);
  },
  fewMinutesMs,
);

function bytesBelow(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

describe("in an empty project, against the gateway that they hold", () => {
  let project: string;
  let gateway: ServedGateway;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    project = await install(
      "everything",
      packages.map(({ name }) => name),
      ["typescript-5@npm:typescript@5.9.3", "typescript-7@npm:typescript@7.0.2", "@types/node@20"],
    );
    gateway = await serveQuickcard({ command: join(project, "node_modules/quickcard/dist/main.js") });
    const { clientId, clientSecret } = await gateway.createClient();
    environment = {
      ...process.env,
      GENESYS_BASE_URL: gateway.url,
      GENESYS_CLIENT_ID: clientId,
      GENESYS_CLIENT_SECRET: clientSecret,
    };
  }, fewMinutesMs);
  afterAll(() => gateway?.stop());

  const sending = `
    const client = OpenMessagingClient.fromEnvironment();
    const contact = await client.contacts.create({ channel: "web" });
    const sent = await client.messages.send(contact.id, quickReply("Ready?", [{ label: "Yes", value: "yes" }]));
    console.log(JSON.stringify(sent));
    await client.close();`;

  test.each([
    [
      "an ES module",
      "send.mjs",
      `import { OpenMessagingClient, quickReply } from "@quickcard/client"; ${sending}`,
    ],
    [
      "CommonJS",
      "send.cjs",
      `const { OpenMessagingClient, quickReply } = require("@quickcard/client"); (async () => {${sending}})();`,
    ],
  ])("a message is sent from %s", async (_, file, source) => {
    writeFileSync(join(project, file), source);

    const { stdout, stderr } = await run(process.execPath, [file], { cwd: project, env: environment });

    expect(JSON.parse(stdout)).toMatchObject({
      status: "queued",
      content: { type: "quick-reply", title: "Ready?" },
    });
    expect(stderr).toBe("");
  });

  test("the gateway describes messages as the schema files do, though content brings a zod of its own", async () => {
    const served = await (await fetch(`${gateway.url}/openapi.json`)).text();
    const { components } = JSON.parse(served.replaceAll("#/components/schemas/", "#/$defs/"));
    const file = join(project, "node_modules/@quickcard/content/schema/message.schema.json");
    const { $defs } = JSON.parse(readFileSync(file, "utf8"));
    // A file may name its schema; what is sent may not.
    for (const { properties } of Object.values<{ properties?: object }>($defs)) {
      if (properties) Reflect.deleteProperty(properties, "$schema");
    }

    expect(components.schemas).toMatchObject($defs);
  });

  test.each(["typescript-5", "typescript-7"])(
    "types compile under %s",
    async (compiler) => {
      const program = `
      import { OpenMessagingClient, quickReply, type Event, type OutboundMessage } from "@quickcard/client";
      import { validate } from "@quickcard/content/validate";
      import { serve } from "@quickcard/gateway";
      import { assetsDirectory } from "@quickcard/web";
      import { createEmulator } from "@quickcard/emulator";
      export const used = [validate, serve, assetsDirectory, createEmulator];
      export async function send(client: OpenMessagingClient): Promise<OutboundMessage> {
        // @ts-expect-error a choice has a value
        quickReply("Ready?", [{ label: "Yes" }]);
        return client.messages.send("contact", quickReply("Ready?", [{ label: "Yes", value: "yes" }]));
      }
      export function tapped(event: Event): string | undefined {
        if (event.type !== "message.inbound") return undefined;
        const { content } = event.message;
        return content.type === "tap" ? content.value : content.type === "text" ? content.text : content.type;
      }`;
      const directory = join(project, compiler);
      mkdirSync(directory);
      for (const file of ["module.mts", "common.cts"]) writeFileSync(join(directory, file), program);
      const compilerOptions = {
        module: "nodenext",
        target: "es2022",
        lib: ["es2023"],
        types: ["node"],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
      };
      writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*"] }));

      const tsc = join(project, "node_modules", compiler, "bin/tsc");
      const output = await run(process.execPath, [tsc, "-p", directory]).catch(({ stdout }) => ({ stdout }));

      expect(output.stdout).toBe("");
    },
    fewMinutesMs,
  );
});
