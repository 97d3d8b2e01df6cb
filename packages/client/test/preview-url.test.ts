import { randomBytes } from "node:crypto";
import { InvalidArgumentError, OpenMessagingClient, text } from "@quickcard/client";
import { unpackDraft } from "@quickcard/content/designer-draft";
import { expect, test } from "vitest";

const client = new OpenMessagingClient({
  baseUrl: "https://gateway.example",
  token: "secret",
  fetch: () => Promise.reject(new Error("No request is to be made")),
});

test("a link to the designer holds the content, and neither metadata nor a token", async () => {
  const content = text("Hello");

  const url = new URL(
    await client.messages.previewUrl({ type: "message", content, metadata: { order: "20481" } }),
  );

  expect(url.origin + url.pathname).toBe("https://gateway.example/designer");
  expect(JSON.parse((await unpackDraft(url.hash.slice("#m=".length)))!)).toEqual(content);
});

test("a message too long for a link is refused, and the error says what to do", async () => {
  const noise = randomBytes(30_000).toString("base64").slice(0, 32_000);
  const carousel = {
    type: "carousel" as const,
    cards: [1, 2].map((card) => ({ title: String(card), subtitle: noise })),
  };

  await expect(client.messages.previewUrl(carousel)).rejects.toThrow(InvalidArgumentError);
});
