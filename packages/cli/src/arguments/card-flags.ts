import type { Action, Card } from "@quickcard/content";
import { postback, webUrl } from "@quickcard/content/builders";
import { Option } from "commander";
import { usageFailure } from "../errors/failure.ts";
import type { QuickcardCommand } from "../quickcard-command.ts";
import { parseLabelValue } from "./label-value.ts";

/** One flag of a card, as it stood on the command line. */
export interface CardFlag {
  readonly name: "--title" | "--card" | "--subtitle" | "--image" | "--image-alt" | "--postback" | "--link";
  readonly value: string;
}

/** A flag, what it takes, and what that is for. */
type Declaration = readonly [name: CardFlag["name"], argument: string, meaning: string];

const declarations: readonly Declaration[] = [
  ["--subtitle", "text", "the text under the title"],
  ["--image", "url", "the picture's address"],
  ["--image-alt", "text", "what the picture shows, for those who cannot see it"],
  ["--postback", "label=payload", "a button that returns its payload; repeatable"],
  ["--link", "label=url", "a button that opens a page; repeatable"],
];

/**
 * Adds the flags of a card, the first of which gives the title. What is returned tells the flags that were given, in
 * their order: buttons stand as they were written, and a carousel's flags belong to the card before them.
 */
export function addCardFlags(
  command: QuickcardCommand,
  titleFlag: "--title" | "--card",
  title: string,
): () => CardFlag[] {
  const given: CardFlag[] = [];
  const declare = ([name, argument, meaning]: Declaration): Option =>
    new Option(`${name} <${argument}>`, meaning).argParser((value) => {
      given.push({ name, value });
      return value;
    });
  command.addOption(declare([titleFlag, "text", title]).makeOptionMandatory());
  for (const declaration of declarations) command.addOption(declare(declaration));
  return () => [...given];
}

/** Builds one card from its flags. */
export function toCard(flags: readonly CardFlag[]): Card {
  const last = (name: CardFlag["name"]) => flags.findLast((flag) => flag.name === name)?.value;
  const [title = last("--card") ?? "", subtitle] = [last("--title"), last("--subtitle")];
  const [url, altText] = [last("--image"), last("--image-alt")];
  if (url === undefined && altText !== undefined) {
    throw usageFailure("--image-alt describes a picture, and there is none.", "Add --image URL");
  }
  const actions = flags.flatMap(toActions);
  return {
    title,
    ...(subtitle !== undefined && { subtitle }),
    ...(url !== undefined && { image: altText === undefined ? { url } : { url, altText } }),
    ...(actions.length > 0 && { actions }),
  };
}

/** Builds the cards of a carousel: each `--card` begins one. */
export function toCards(flags: readonly CardFlag[]): Card[] {
  const groups: CardFlag[][] = [];
  for (const flag of flags) {
    if (flag.name === "--card") groups.push([]);
    const group = groups.at(-1);
    if (!group) {
      throw usageFailure(
        `${flag.name} stands before the first --card.`,
        'Begin each card with --card "Title"; what follows belongs to it',
        "usage.card_order",
      );
    }
    group.push(flag);
  }
  return groups.map(toCard);
}

function toActions({ name, value: argument }: CardFlag): Action[] {
  if (name === "--postback") {
    const { label, value } = parseLabelValue(argument, name, "Learn More=learn_more");
    return [postback(label, value)];
  }
  if (name === "--link") {
    const { label, value } = parseLabelValue(argument, name, "Visit=https://example.com");
    return [webUrl(label, value)];
  }
  return [];
}
