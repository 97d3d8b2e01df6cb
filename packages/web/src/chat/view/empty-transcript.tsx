import type { JSX } from "preact";
import type { Timeline } from "../../chat-wire.ts";
import { Icon } from "../../message/icons.tsx";

/** What stands where no message does. */
export function EmptyTranscript({ contact }: Pick<Timeline, "contact">): JSX.Element {
  return (
    <div class="notice">
      <Icon name="chat" class="notice-icon" />
      <p class="notice-title">
        {contact.displayName ? (
          <>
            Hello, <bdi>{contact.displayName}</bdi>
          </>
        ) : (
          "Hello"
        )}
      </p>
      {contact.state !== "closed" && <p>Write a message below to start the conversation.</p>}
    </div>
  );
}
