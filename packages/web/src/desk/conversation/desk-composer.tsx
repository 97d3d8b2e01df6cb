import type { JSX, TargetedEvent, TargetedSubmitEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../../message/icons.tsx";
import { sendOnEnter } from "../../send-on-enter.ts";
import type { Desk } from "../desk.ts";
import type { CannedReply } from "../desk-wire.ts";
import { toBase64 } from "./to-base64.ts";

/** The customer is told at most so often that the agent types. */
const typingEveryMs = 4_000;

/** Where the agent writes, sends files and plays a bot's replies. Enter sends, Shift and Enter begin a new line. */
export function DeskComposer({
  desk,
  cannedReplies,
}: {
  desk: Desk;
  cannedReplies: readonly CannedReply[];
}): JSX.Element {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);

  function type(words: string): void {
    setText(words);
    if (words === "" || Date.now() - typedAt.current < typingEveryMs) return;
    typedAt.current = Date.now();
    void desk.act("typing", { durationMs: typingEveryMs });
  }

  async function send(): Promise<void> {
    const words = text.trim();
    if (words === "") return;
    setText("");
    typedAt.current = 0;
    field.current?.focus();
    if (!(await desk.act("messages", { text: words }))) setText(words);
  }

  function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    void send();
  }

  return (
    <form class="desk-composer" onSubmit={onSubmit}>
      {/* biome-ignore lint/a11y/useSemanticElements: these do not belong to what is written below */}
      <div class="canned" role="group" aria-label="Have the bot send">
        <span class="canned-label" aria-hidden="true">
          <Icon name="bot" /> Bot
        </span>
        {cannedReplies.map(({ name, reply }) => (
          <button
            type="button"
            class="filter"
            key={name}
            onClick={() => void desk.act("bot-messages", { reply })}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="writing">
        <FileButton desk={desk} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder="Write as the agent"
          aria-label="Message to the customer"
          autocomplete="off"
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={sendOnEnter(() => void send())}
        />
        <button type="submit" class="send" disabled={text.trim() === ""} aria-label="Send">
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function FileButton({ desk }: { desk: Desk }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  async function send(event: TargetedEvent<HTMLInputElement>): Promise<void> {
    const { currentTarget } = event;
    for (const file of currentTarget.files ?? [])
      await desk.act("files", { name: fileName(file.name), data: await toBase64(file) });
    currentTarget.value = "";
  }
  return (
    <>
      <button type="button" class="round" aria-label="Send a file" onClick={() => input.current?.click()}>
        <Icon name="attach" />
      </button>
      <input
        type="file"
        hidden
        ref={input}
        aria-label="File to send"
        onChange={(event) => void send(event)}
      />
    </>
  );
}

/** The platform takes no spaces and few signs in a file's name. */
function fileName(name: string): string {
  return name.replace(/[\s\\{^}%`\]">[~<#|/]+/g, "-").replace(/^\.+/, "");
}
