import { carousel } from "@quickcard/content/builders";
import { addCardFlags, toCards } from "../../arguments/card-flags.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { QuickcardCommand } from "../../quickcard-command.ts";

/** Declares `quickcard send carousel`. */
export function addSendCarousel(send: QuickcardCommand): void {
  const command = send
    .command("carousel")
    .summary("send up to ten cards side by side")
    .description(
      "Send up to ten cards side by side. Each --card begins one, and the flags after it belong to it, up to the next --card.",
    );
  const givenFlags = addCardFlags(command, "--card", "begins a card and gives its title; repeatable");
  addSendOptions(command)
    .example(
      "quickcard send carousel",
      '--card "Trail shoe" --subtitle "For mud" --postback "Take it=shoe_trail"',
      '--card "Road shoe" --subtitle "For speed" --postback "Take it=shoe_road"',
    )
    .run<SendOptions>((invocation) => sendContent(invocation, carousel(toCards(givenFlags()))));
}
