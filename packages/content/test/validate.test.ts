import { type Content, validate, validateMessage } from "@quickcard/content";
import { describe, expect, test } from "vitest";

/** The pointer, code and message of each issue. */
function issuesOf(value: unknown): string[][] {
  const result = validateMessage(value);
  return result.ok ? [] : result.issues.map(({ pointer, code, message }) => [pointer, code, message]);
}

function messageOf(content: unknown): unknown {
  return { type: "message", content };
}

const tutorialCard = {
  type: "message",
  content: {
    type: "card",
    title: "New Product Launch",
    subtitle: "Check out our latest features.",
    image: { url: "https://example.com/images/product.jpg" },
    actions: [
      { type: "postback", title: "Learn More", payload: "learn_more_product_123" },
      { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
    ],
  },
};

test("takes the tutorial's card and gives back an equal copy of it", () => {
  const result = validateMessage(tutorialCard);

  expect(result).toEqual({ ok: true, message: tutorialCard });
  expect(result.ok && result.message.content).not.toBe(tutorialCard.content);
});

describe("a wrong type of content", () => {
  test.each([
    ["quickreply", "quick-reply"],
    ["quick_reply", "quick-reply"],
    ["quickReply", "quick-reply"],
    ["QUICK-REPLY", "quick-reply"],
    ["carousell", "carousel"],
    ["crad", "card"],
    ["Text", "text"],
    ["picture", "image"],
    ["document", "file"],
    ["loc", "location"],
  ])("%s is refused, and %s named as the nearest", (written, meant) => {
    const result = validate({ type: written, title: "x" });

    expect(result).toEqual({
      ok: false,
      issues: [
        {
          pointer: "/type",
          code: "invalid.content.type",
          message: `Invalid content type "${written}" (did you mean "${meant}"?): allowed are "text", "image", "audio", "video", "file", "location", "quick-reply", "card" and "carousel"`,
          fix: `Set "type" to "${meant}".`,
          suggestion: meant,
        },
      ],
    });
  });

  test("near to none is refused without a guess", () => {
    const result = validate({ type: "template" });

    expect(result.ok || result.issues[0]?.suggestion).toBeUndefined();
  });

  test("that is no string is named by its kind", () => {
    expect(issuesOf(messageOf({ type: 7 }))[0]?.[2]).toMatch(
      /^Invalid content type \(a number\): allowed are/,
    );
    expect(issuesOf(messageOf({ type: {} }))[0]?.[1]).toBe("invalid.content.type");
  });

  test("is shown shortened and with all that is invisible escaped", () => {
    const [issue] = issuesOf(messageOf({ type: `a\n\u202e"${"b".repeat(200)}` }));

    expect(issue?.[2]).toMatch(/^Invalid content type "a\\u\{a\}\\u\{202e\}\\"b{56}…": /);
  });

  test("that is missing is a missing field", () => {
    expect(issuesOf(messageOf({}))).toEqual([
      ["/content/type", "required.fields.missing", '"type" is missing'],
    ]);
  });
});

test("lists every issue at once, a repeated value among them", () => {
  const value = {
    type: "message",
    content: {
      type: "quick-reply",
      chioces: [],
      title: 5,
      choices: [{ label: "", value: "yes", lable: 1 }, { value: "yes" }, null],
    },
    metadata: { count: 1, "a/b~c": [] },
    "Content-Type": "json",
  };

  expect(issuesOf(value)).toEqual([
    ["/content/title", "invalid.value", '"title" is a number, not a string'],
    ["/content/choices/0/label", "invalid.value", '"label" is empty'],
    ["/content/choices/0/lable", "bad.request", 'Unknown field "lable"'],
    ["/content/choices/1/label", "required.fields.missing", '"label" is missing'],
    ["/content/choices/2", "invalid.value", "The entry at 2 is null, not an object"],
    [
      "/content/choices/1/value",
      "invalid.value",
      '"value" is the same as /content/choices/0/value, but must be unique',
    ],
    ["/content/chioces", "bad.request", 'Unknown field "chioces"'],
    ["/metadata/count", "invalid.value", '"count" is a number, not a string'],
    ["/metadata/a~1b~0c", "invalid.value", '"a/b~c" is an array, not a string'],
    ["/Content-Type", "bad.request", 'Unknown field "Content-Type"'],
  ]);
});

test.each([
  ["alt_text", "altText"],
  ["alt", "altText"],
  ["captoin", "caption"],
  ["href", "url"],
])("says of the unknown field %s that %s was meant", (written, meant) => {
  const result = validate({ type: "image", url: "https://example.com/a.png", [written]: "x" });

  expect(result.ok || result.issues).toEqual([
    expect.objectContaining({ pointer: `/${written}`, code: "bad.request", suggestion: meant }),
  ]);
});

test.each([
  [undefined, ["", "bad.request", "The message is nothing, not an object"]],
  [null, ["", "bad.request", "The message is null, not an object"]],
  ["{}", ["", "bad.request", "The message is a string, not an object"]],
  [[], ["", "bad.request", "The message is an array, not an object"]],
  [{ type: "message" }, ["/content", "required.fields.missing", '"content" is missing']],
  [
    { type: "text", content: { type: "text", text: "x" } },
    ["/type", "invalid.value", 'Invalid message type "text": allowed is "message"'],
  ],
  [
    messageOf({ type: "location", latitude: 90.1, longitude: 0 }),
    ["/content/latitude", "invalid.value", '"latitude" is above 90'],
  ],
  [
    messageOf({ type: "location", latitude: 0, longitude: Number.NEGATIVE_INFINITY }),
    ["/content/longitude", "invalid.value", '"longitude" is -Infinity, not a finite number'],
  ],
  [
    messageOf({ type: "quick-reply", title: "x", choices: [] }),
    ["/content/choices", "invalid.value", '"choices" has no entry'],
  ],
  [
    messageOf({ type: "carousel", cards: Array.from({ length: 11 }, () => ({ title: "x" })) }),
    ["/content/cards", "invalid.value", '"cards" has more than 10 entries'],
  ],
  [
    messageOf({ type: "text", text: "x".repeat(32_001) }),
    ["/content/text", "invalid.value", '"text" is longer than 32,000 characters'],
  ],
  [
    messageOf({ type: "card", title: "x", actions: [{ type: "link", title: "x" }] }),
    [
      "/content/actions/0/type",
      "invalid.value",
      'Invalid action type "link" (did you mean "web_url"?): allowed are "postback" and "web_url"',
    ],
  ],
  [
    messageOf({ type: "carousel", cards: [{ type: "card", title: "x" }] }),
    ["/content/cards/0/type", "bad.request", 'Unknown field "type"'],
  ],
  [
    messageOf({ type: "file", url: "https://example.com/a", filename: "../a.pdf" }),
    ["/content/filename", "invalid.value", '"filename" holds a slash, a backslash or a control character'],
  ],
  [
    messageOf({ type: "file", url: "https://example.com/a", mimeType: "pdf" }),
    ["/content/mimeType", "invalid.value", '"mimeType" is not a media type'],
  ],
])("%j is refused", (value, issue) => {
  expect(issuesOf(value)).toEqual([issue]);
});

describe("metadata", () => {
  test("of up to 32 entries is taken, with any text in it", () => {
    const metadata = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`key ${index}`, "\n"]));

    expect(validateMessage({ ...tutorialCard, metadata })).toMatchObject({ ok: true, message: { metadata } });
  });

  test("of more entries is refused, also when one of them is wrong", () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 33 }, (_, index) => [`k${index}`, index || "0"]),
    );

    expect(issuesOf({ ...tutorialCard, metadata }).at(-1)).toEqual([
      "/metadata",
      "invalid.value",
      '"metadata" has more than 32 entries',
    ]);
  });

  test("has names of 1 to 64 characters", () => {
    expect(issuesOf({ ...tutorialCard, metadata: { "": "x", ["k".repeat(65)]: "x" } })).toEqual([
      ["/metadata/", "invalid.value", '"" is empty'],
      [`/metadata/${"k".repeat(65)}`, "invalid.value", `"${"k".repeat(60)}…" is longer than 64 characters`],
    ]);
  });
});

describe("payloads of postbacks", () => {
  const postback = (payload: string) => ({ type: "postback", title: "x", payload });

  test("must be unique within a card", () => {
    const value = messageOf({
      type: "card",
      title: "x",
      actions: [postback("a"), postback("b"), postback("a")],
    });

    expect(issuesOf(value).map(([pointer]) => pointer)).toEqual(["/content/actions/2/payload"]);
  });

  test("must be unique over all cards of a carousel, those of the cards themselves included", () => {
    const cards = [
      { title: "x", actions: [postback("a")], defaultAction: postback("b") },
      { title: "y", actions: [postback("a")] },
      { title: "z", defaultAction: postback("b") },
    ];

    expect(issuesOf(messageOf({ type: "carousel", cards }))).toEqual([
      [
        "/content/cards/1/actions/0/payload",
        "invalid.value",
        '"payload" is the same as /content/cards/0/actions/0/payload, but must be unique',
      ],
      [
        "/content/cards/2/defaultAction/payload",
        "invalid.value",
        '"payload" is the same as /content/cards/0/defaultAction/payload, but must be unique',
      ],
    ]);
  });

  test("may be the same on a card itself and on one of its buttons", () => {
    const body = { title: "x", actions: [postback("a")], defaultAction: postback("a") };

    expect(issuesOf(messageOf({ type: "card", ...body }))).toEqual([]);
    expect(issuesOf(messageOf({ type: "carousel", cards: [body, { title: "y" }] }))).toEqual([]);
  });
});

test("lists at most 100 issues and says how many more there are", () => {
  const fields = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}`, 0]));

  const result = validate({ type: "text", text: "", ...fields });

  expect(result.ok || result.issues).toHaveLength(100);
  expect(result.ok || result.issues.at(-1)).toEqual({
    pointer: "",
    code: "bad.request",
    message: "There are 52 more issues",
    fix: "Put these right first; the others are then listed.",
  });
});

test("a field that is undefined is as one that is not there", () => {
  const value: unknown = { type: "image", url: "https://example.com/a.png", caption: undefined };

  expect(validate(value)).toStrictEqual({
    ok: true,
    content: { type: "image", url: "https://example.com/a.png" },
  } satisfies { ok: true; content: Content });
});
