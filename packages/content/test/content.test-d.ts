import {
  type Action,
  type Card,
  type CardContent,
  type CarouselContent,
  type Choice,
  type Content,
  card,
  carousel,
  image,
  location,
  type MessageBody,
  message,
  postback,
  quickReply,
  text,
  webUrl,
} from "@quickcard/content";
import type { contentSchema, messageSchema } from "@quickcard/content/schemas";
import { expectTypeOf, test } from "vitest";
import type { output } from "zod/mini";

test("the schemas have exactly the types that are written by hand", () => {
  type Checked = output<typeof contentSchema>;
  expectTypeOf<Checked>().toEqualTypeOf<Content>();
  expectTypeOf<output<typeof messageSchema>>().toEqualTypeOf<MessageBody>();
  expectTypeOf<Extract<Checked, { type: "carousel" }>["cards"][number]>().toEqualTypeOf<Card>();
  expectTypeOf<Extract<Checked, { type: "quick-reply" }>["choices"][number]>().toEqualTypeOf<Choice>();
  expectTypeOf<NonNullable<Extract<Checked, { type: "card" }>["actions"]>[number]>().toEqualTypeOf<Action>();
});

test("builders take data that is read-only, and fields that hold undefined", () => {
  const choices = [{ label: "Billing", value: "billing" }] as const;
  const caption: string | undefined = undefined;

  quickReply("How can we help?", choices);
  image("https://example.com/a.png", { caption });
  card({ title: "x", subtitle: caption, actions: [{ type: "postback", title: "x", payload: "x" }] });
  carousel(
    Object.freeze([
      card({ title: "x" }),
      { title: "y", image: { url: "https://example.com/a.png", altText: caption } },
    ]),
  );
  message(text("x"), { metadata: Object.freeze({ order: "1" }) });
  expectTypeOf(card({ title: "x" })).toEqualTypeOf<CardContent>();
  expectTypeOf(carousel([{ title: "x" }])).toEqualTypeOf<CarouselContent>();
  expectTypeOf(message({ type: "text", text: "x" })).toEqualTypeOf<MessageBody>();
});

test("wrong content does not compile", () => {
  // @ts-expect-error: a choice needs a value
  quickReply("x", [{ label: "x" }]);
  // @ts-expect-error: the field is called altText
  image("https://example.com/a.png", { alt: "x" });
  // @ts-expect-error: longitude is missing
  location({ latitude: 0 });
  // @ts-expect-error: a postback returns a payload and opens no URL
  card({ title: "x", actions: [{ type: "postback", title: "x", url: "https://example.com" }] });
  // @ts-expect-error: text is no card
  carousel([text("x")]);
  // @ts-expect-error: there is no such type
  message({ type: "quickreply", title: "x", choices: [] });
  // @ts-expect-error: metadata holds texts
  message(text("x"), { metadata: { count: 1 } });
  // @ts-expect-error: an action is no content
  message(postback("x", "y"));
  // @ts-expect-error: a required field must not be undefined
  webUrl("x", undefined);
});
