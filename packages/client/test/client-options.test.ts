import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { type ClientOptions, ConfigurationError, OpenMessagingClient } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { type OptionRule, optionRules } from "../src/client-options.ts";
import { credentials } from "./fixtures/start-contacts-api.ts";

const environment = { GENESYS_CLIENT_ID: "id", GENESYS_CLIENT_SECRET: "secret-canary" };

describe("a base URL", () => {
  test.each([
    [undefined, "https://api.mypurecloud.com"],
    ["https://gateway.example.com/", "https://gateway.example.com"],
    ["https://gateway.example.com:8443/chat//", "https://gateway.example.com:8443/chat"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://localhost:8080/", "http://localhost:8080"],
    ["http://[::1]:8080", "http://[::1]:8080"],
  ])("may be %s", (baseUrl, expected) => {
    expect(new OpenMessagingClient({ ...credentials, baseUrl }).baseUrl).toBe(expected);
  });

  test.each([
    ["http://gateway.example.com", "clear text"],
    ["http://127.0.0.1.example.com", "clear text"],
    ["http://10.0.0.1", "clear text"],
    ["gateway.example.com", "absolute"],
    ["ftp://gateway.example.com", "absolute"],
    ["https://user:secret-canary@gateway.example.com", "password"],
    ["https://gateway.example.com/?a=b", "query"],
    ["https://gateway.example.com/#a", "query"],
    ["https://", "absolute"],
  ])("may not be %s", (baseUrl, fault) => {
    const error = configurationError({ ...credentials, baseUrl });

    expect(error).toMatchObject({ option: "baseUrl", message: expect.stringContaining(fault) });
    expect(inspect(error)).not.toContain("canary");
  });
});

test.each([
  [undefined, "clientId"],
  [null, "clientId"],
  [{}, "clientId"],
  [{ clientId: "a" }, "clientSecret"],
  [{ clientId: "", clientSecret: "b" }, "clientId"],
  [{ ...credentials, token: "t" }, "token"],
  [{ token: "not a token" }, "token"],
  [{ token: "Bearer t" }, "token"],
  [{ token: "t", timeoutMs: 0 }, "timeoutMs"],
  [{ token: "t", timeoutMs: Number.NaN }, "timeoutMs"],
  [{ token: "t", attemptTimeoutMs: "5" }, "attemptTimeoutMs"],
  [{ token: "t", maxAttempts: 1.5 }, "maxAttempts"],
  [{ token: "t", validate: "no" }, "validate"],
  [{ token: "t", authentication: "header" }, "authentication"],
  [{ token: "t", transport: {} }, "transport"],
  [{ token: "t", transport: fetch, fetch }, "fetch"],
  [{ token: "t", layers: [1] }, "layers"],
  [{ token: "t", timeout: 5 }, "timeout"],
  [{ token: "t", constructor: 5 }, "constructor"],
])("refuses %o, naming %s", (options, option) => {
  const error = configurationError(options as ClientOptions);

  expect(error).toMatchObject({ code: "invalid_configuration", option, retryable: false, fate: "not_sent" });
  expect(error.message).toContain(`\`${option}\``);
});

describe("from the environment", () => {
  test("come the tutorial's variables", () => {
    const client = OpenMessagingClient.fromEnvironment({
      ...environment,
      GENESYS_BASE_URL: "https://gateway.example.com/",
    });

    expect(client.baseUrl).toBe("https://gateway.example.com");
    expect(OpenMessagingClient.fromEnvironment(environment).baseUrl).toBe("https://api.mypurecloud.com");
  });

  test("an option given beside goes before its variable", () => {
    const both = { ...environment, GENESYS_BASE_URL: "https://a.example.com" };

    expect(OpenMessagingClient.fromEnvironment(both, { baseUrl: "https://b.example.com" }).baseUrl).toBe(
      "https://b.example.com",
    );
    expect(OpenMessagingClient.fromEnvironment({}, { token: "t" }).baseUrl).toBe(
      "https://api.mypurecloud.com",
    );
  });

  test.each(["GENESYS_CLIENT_ID", "GENESYS_CLIENT_SECRET"])("a missing %s is named", (variable) => {
    for (const value of [undefined, ""]) {
      expect(() => OpenMessagingClient.fromEnvironment({ ...environment, [variable]: value })).toThrow(
        expect.objectContaining({
          code: "invalid_configuration",
          variable,
          message: expect.stringContaining(variable),
        }),
      );
    }
  });
});

test("shows neither secret nor token when it is printed", () => {
  for (const client of [
    OpenMessagingClient.fromEnvironment(environment),
    new OpenMessagingClient({ token: "canary" }),
  ]) {
    const printed = [
      inspect(client, { depth: 10, showHidden: true }),
      inspect({ ...client }, { depth: 10, showHidden: true }),
      JSON.stringify(client),
    ];
    for (const text of printed) expect(text).not.toContain("canary");
  }
  expect(inspect(new OpenMessagingClient({ token: "canary" }))).toBe(
    'OpenMessagingClient { baseUrl: "https://api.mypurecloud.com" }',
  );
});

test("the documented options are those of the code, with their defaults and variables", () => {
  const page =
    readFileSync(new URL("../../../docs/reference/client-options.md", import.meta.url), "utf8").split(
      /^## /m,
    )[0] ?? "";
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \|/gm)].map(
    ([, name, byDefault, variable]) => [name, byDefault, variable],
  );

  const rules: Record<string, OptionRule> = optionRules;
  expect(rows).toEqual(
    Object.entries(rules).map(([name, rule]) => [
      name,
      rule.default === undefined ? "" : `\`${JSON.stringify(rule.default)}\``,
      rule.variable ? `\`${rule.variable}\`` : "",
    ]),
  );
});

function configurationError(options: ClientOptions): ConfigurationError {
  try {
    new OpenMessagingClient(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
  }
  return expect.unreachable("it was taken");
}
