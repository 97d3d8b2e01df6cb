import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import * as client from "@quickcard/client";
import { ApiError, errorCodes, NotFoundError, OpenMessagingError, RateLimitError } from "@quickcard/client";
import { expect, test, vi } from "vitest";
import { failure } from "./fixtures/failure.ts";
import { contactId, refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";

const classes = Object.values(client).filter(
  (value): value is typeof NotFoundError =>
    typeof value === "function" && value.prototype instanceof OpenMessagingError,
);

const facts = {
  message: "It failed.",
  fix: "Mend it.",
  fate: "not_sent" as const,
  option: "o",
  argument: "a",
  issues: [],
};

test("every class of errors has its own name and code, and every code its class", () => {
  const errors = classes.map((ErrorClass) => new ErrorClass(facts));

  expect(errors.map(({ code }) => code).sort()).toEqual([...errorCodes].sort());
  expect(errors.map(({ name }) => name)).toEqual(classes.map(({ name }) => name));
});

test("every code has its paragraph in the reference, saying what it means and what to do", () => {
  const page = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");
  const paragraphs = page.split(/^## /m).slice(1);
  const described = paragraphs.map((paragraph) =>
    /^`(\w+)` · `(\w+)`\n\n\*\*Means\*\* \S.*?\n\n\*\*Do\*\* \S/s.exec(paragraph)?.slice(1),
  );

  const errors = classes.map((ErrorClass) => new ErrorClass(facts));
  expect(described).toEqual(
    errorCodes.map((code) => [code, errors.find((error) => error.code === code)?.name]),
  );
});

test("an error links to its paragraph", () => {
  const page = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");
  // The anchors that GitHub gives headings.
  const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );

  const links = classes.map((ErrorClass) => new ErrorClass(facts).docs);
  expect(links.sort()).toEqual(anchors.map((anchor) => `docs/reference/errors.md#${anchor}`).sort());
});

test("is() knows an error of another copy of the package, and its kind", async () => {
  vi.resetModules();
  const other = await import("@quickcard/client");
  const foreign = new other.NotFoundError(facts);

  expect(foreign).not.toBeInstanceOf(NotFoundError);
  expect(NotFoundError.is(foreign)).toBe(true);
  expect(ApiError.is(foreign)).toBe(true);
  expect(OpenMessagingError.is(foreign)).toBe(true);
  expect(RateLimitError.is(foreign)).toBe(false);
});

test("is() knows errors across two installed copies of what is published", () => {
  // As npm installs it where two packages ask for different versions: the same files in another folder.
  const copies = mkdtempSync(fileURLToPath(new URL("../../../node_modules/.copy-", import.meta.url)));
  const program = `
    const [first, second] = await Promise.all(["first", "second"].map((name) => import(\`./\${name}/dist/index.js\`)));
    const foreign = new second.NotFoundError({ message: "m", fix: "f", fate: "not_sent" });
    const kinds = ["OpenMessagingError", "NotFoundError", "ApiError", "SignatureError"];
    console.log(foreign instanceof first.OpenMessagingError, ...kinds.map((kind) => first[kind].is(foreign)));`;
  try {
    for (const name of ["first", "second"]) {
      for (const part of ["dist", "package.json"]) {
        cpSync(new URL(`../${part}`, import.meta.url), join(copies, name, part), { recursive: true });
      }
    }
    writeFileSync(join(copies, "program.mjs"), program);
    const output = execFileSync(process.execPath, [join(copies, "program.mjs")], { encoding: "utf8" });

    expect(output).toBe("false true true true false\n");
  } finally {
    rmSync(copies, { recursive: true });
  }
});

test.each([undefined, null, "not_found", {}, new Error("not_found"), { name: "NotFoundError" }])(
  "is() takes %o for none of ours",
  (value) => {
    expect(OpenMessagingError.is(value)).toBe(false);
  },
);

test("a changed copy of an error leaves the first as it was", () => {
  const first = new RateLimitError({ ...facts, retryAfterMs: 1000 });

  const second = first.with({ attempts: 3 });

  expect([first.attempts, second.attempts]).toEqual([0, 3]);
  expect(second).toBeInstanceOf(RateLimitError);
  expect(second).toMatchObject({ message: first.message, retryAfterMs: 1000 });
});

test("an error shows where the program called, and no empty fields", async () => {
  await using api = await startContactsApi({ answers: [refusal(404, "not.found", "No such contact.")] });

  const error = await failure(callFromHere(api.client()));

  expect(error.stack).toContain("callFromHere");
  expect(Object.values(error)).not.toContain(undefined);
  expect(inspect(error)).toMatch(/^NotFoundError: GET .* was answered with 404: No such contact\./);
});

async function callFromHere(api: client.OpenMessagingClient): Promise<void> {
  await api.contacts.get(contactId);
}
