import { runInNewContext } from "node:vm";
import { validate, validateMessage } from "@quickcard/content";
import { describe, expect, test } from "vitest";

function pointersOf(value: unknown): string[] {
  const result = validateMessage(value);
  return result.ok ? [] : result.issues.map(({ pointer }) => pointer);
}

const content = { type: "text", text: "x" };

describe("names that every object has", () => {
  test("are unknown fields like any other", () => {
    const value = JSON.parse(`{
      "type": "message", "__proto__": {}, "constructor": 1,
      "content": { "type": "text", "text": "x", "toString": 1, "__proto__": { "caption": "x" } }
    }`);

    expect(pointersOf(value).sort()).toEqual([
      "/__proto__",
      "/constructor",
      "/content/__proto__",
      "/content/toString",
    ]);
  });

  test("are not types", () => {
    expect(pointersOf({ type: "constructor", content: { type: "__proto__" } })).toEqual([
      "/type",
      "/content/type",
    ]);
  });

  test("are metadata like any other, but for __proto__", () => {
    const metadata = JSON.parse('{ "constructor": "a", "toString": "b", "hasOwnProperty": "c" }');

    expect(validateMessage({ type: "message", content, metadata })).toMatchObject({ message: { metadata } });
    expect(pointersOf({ type: "message", content, metadata: JSON.parse('{"__proto__":"x"}') })).toEqual([
      "/metadata/__proto__",
    ]);
  });

  test("do not stand in for a field that is missing", () => {
    expect(pointersOf({ type: "message", content: Object.create(content) })).toEqual(["/content"]);
    expect(pointersOf(Object.create({ type: "message", content }))).toEqual([""]);
  });
});

describe("what JSON cannot hold", () => {
  test("is refused: getters are not run", () => {
    const ran: string[] = [];
    const value = {
      type: "text",
      get text() {
        ran.push("text");
        return "x";
      },
    };

    const result = validate(value);

    expect(result.ok || result.issues).toEqual([
      {
        pointer: "/text",
        code: "invalid.value",
        message: '"text" is a getter, not plain data',
        fix: "Give plain data, such as JSON can hold.",
      },
    ]);
    expect(ran).toEqual([]);
  });

  test.each([
    ["a class instance", new Date(0)],
    ["a map", new Map([["type", "text"]])],
    ["a function", () => content],
    ["a symbol", Symbol("secret")],
    ["a bigint", 1n],
    ["a boxed string", Object("x")],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error("secret");
          },
        },
      ),
    ],
    [
      "a proxy that throws later",
      new Proxy(
        { type: "text" },
        {
          getOwnPropertyDescriptor: () => {
            throw new Error("secret");
          },
        },
      ),
    ],
    ["a revoked proxy", revokedProxy()],
  ])("is refused: %s", (_, value) => {
    const result = validateMessage({ type: "message", content: value });

    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("secret");
    expect(validate(value).ok).toBe(false);
  });

  test("is refused: holes of an array", () => {
    const choices = [{ label: "a", value: "a" }];
    choices[2] = { label: "b", value: "b" };

    expect(pointersOf({ type: "message", content: { type: "quick-reply", title: "x", choices } })).toEqual([
      "/content/choices/1",
    ]);
  });

  test("takes an object literal of another realm", () => {
    expect(validate(runInNewContext(`({ type: "text", text: "x" })`))).toEqual({ ok: true, content });
  });
});

describe("values without end", () => {
  test("are refused in no time: cycles", () => {
    const card: Record<string, unknown> = { type: "card", title: "x" };
    card.image = card;
    card.actions = [card];

    expect(validate(card).ok).toBe(false);
  });

  test("are refused in no time: a hundred thousand levels", () => {
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };

    expect(pointersOf({ type: "message", content: deep, metadata: { deep } })).toEqual([
      "/content/type",
      "/metadata/deep",
    ]);
  });

  test("are refused in no time: levels that share their parts", () => {
    let shared: unknown = { title: "x" };
    for (let level = 0; level < 8; level += 1) {
      const part = shared;
      shared = Array.from({ length: 1_000 }, () => ({ actions: part, cards: part, title: part }));
    }

    const result = validate({ type: "carousel", cards: shared });

    expect(result.ok || result.issues).toHaveLength(100);
  });

  test("are refused in no time: a sparse array of four thousand million entries", () => {
    const choices = new Array(2 ** 32 - 1);

    expect(validate({ type: "quick-reply", title: "x", choices }).ok).toBe(false);
  });

  test("are refused in no time: a hundred thousand fields", () => {
    const fields = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index]),
    );

    expect(pointersOf({ type: "message", content: fields, metadata: fields })).toEqual([
      "/content",
      "/metadata",
    ]);
  });
});

function revokedProxy(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
