import { card } from "@quickcard/content/builders";
import { addCardFlags, toCard } from "../../arguments/card-flags.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { QuickcardCommand } from "../../quickcard-command.ts";

/** Declares `quickcard send card`. */
export function addSendCard(send: QuickcardCommand): void {
  const command = send
    .command("card")
    .summary("send a card with a picture and buttons")
    .description(
      "Send a card: a picture, a title, a subtitle and buttons, which stand in the order in which they are written. A postback returns its payload, a link opens a page.",
    );
  const givenFlags = addCardFlags(command, "--title", "the card's title");
  addSendOptions(command)
    .example(
      'quickcard send card --title "New Product Launch" --subtitle "Our latest"',
      "--image https://example.com/images/product.jpg",
      '--postback "Learn More=learn_more" --link "Visit=https://example.com"',
    )
    .run<SendOptions>((invocation) => sendContent(invocation, card(toCard(givenFlags()))));
}
