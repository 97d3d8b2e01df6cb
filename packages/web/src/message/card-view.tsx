import type { Action, Card, WebUrlAction } from "@quickcard/content";
import type { ComponentChildren, JSX } from "preact";
import type { Taps } from "./content-props.ts";
import { Icon } from "./icons.tsx";
import { LinkedWords } from "./linked-text.tsx";
import { Picture } from "./picture.tsx";
import { PostbackButton } from "./postback-button.tsx";
import { webUrl } from "./web-url.ts";

/** A card: alone, or the one of a carousel that `index` tells. */
export interface CardViewProps {
  card: Card;
  taps: Taps;
  index?: number;
}

/** The action of a card itself, as a tap names it. */
const cardItself = -1;

/** A card: picture, title, subtitle and buttons. */
export function CardView({ card, taps, index }: CardViewProps): JSX.Element {
  const body = (
    <>
      {card.image && (
        <Picture
          class="card-image"
          url={card.image.url}
          alternative={card.image.altText ?? ""}
          key={card.image.url}
        />
      )}
      <span class="card-words">
        <span class="card-title" dir="auto">
          {card.title}
        </span>
        {card.subtitle && (
          <span class="card-subtitle" dir="auto">
            {card.defaultAction ? card.subtitle : <LinkedWords text={card.subtitle} />}
          </span>
        )}
      </span>
    </>
  );
  const button = (action: Action, number: number, name: string, children: ComponentChildren): JSX.Element =>
    action.type === "web_url" ? (
      <WebLink action={action} class={name}>
        {children}
      </WebLink>
    ) : (
      <PostbackButton
        class={name}
        isOpen={taps.isOpen}
        isUnderway={taps.isUnderway(number, index)}
        onTap={() => taps.postback(number, index)}
      >
        {children}
      </PostbackButton>
    );
  return (
    <div class="card">
      {card.defaultAction ? (
        button(card.defaultAction, cardItself, "card-body", body)
      ) : (
        <div class="card-body">{body}</div>
      )}
      {card.actions?.map((action, number) =>
        button(
          action,
          number,
          "action",
          <>
            <bdi>{action.title}</bdi>
            {action.type === "web_url" && <Icon name="outside" />}
          </>,
        ),
      )}
    </div>
  );
}

interface WebLinkProps {
  action: WebUrlAction;
  class: string;
  children: ComponentChildren;
}

/** Tells in its tooltip where it leads: the title is the sender's to choose, the host is not. */
function WebLink({ action, class: name, children }: WebLinkProps): JSX.Element {
  const url = webUrl(action.url);
  if (!url) return <span class={`${name} off`}>{children}</span>;
  return (
    <a class={name} href={url.href} title={url.host} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
