import type { JSX, TargetedClipboardEvent, TargetedInputEvent, TargetedSubmitEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { customerTextMaxLength } from "../../chat-wire.ts";
import { Icon } from "../../message/icons.tsx";
import { sendOnEnter } from "../../send-on-enter.ts";
import { PictureButton } from "./picture-button.tsx";

/** So many letters before the end the customer is told of it. */
const tellBelow = 400;

/** Where the customer writes. Enter sends, Shift and Enter begin a new line. */
export function Composer({
  onSend,
  onType,
  onFiles,
}: {
  onSend: (text: string) => void;
  onType?: () => void;
  /** Takes the files that the customer chooses or pastes. Absent: there is nothing to choose them with. */
  onFiles?: (files: File[]) => void;
}): JSX.Element {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const left = customerTextMaxLength - text.length;
  const canSend = text.trim() !== "" && left >= 0;
  useLayoutEffect(() => {
    if (field.current) grow(field.current);
  }, [text]);

  function send(): void {
    if (!canSend) return;
    onSend(text.trim());
    setText("");
    field.current?.focus();
  }

  function onInput({ currentTarget }: TargetedInputEvent<HTMLTextAreaElement>): void {
    setText(currentTarget.value);
    if (currentTarget.value !== "") onType?.();
  }

  function onPaste(event: TargetedClipboardEvent<HTMLTextAreaElement>): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!onFiles || files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  }

  function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    send();
  }

  return (
    <form class="composer" onSubmit={onSubmit}>
      {onFiles && <PictureButton onFiles={onFiles} />}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder="Write a message"
          aria-label="Message"
          aria-invalid={left < 0}
          aria-describedby="letters-left"
          enterkeyhint="send"
          autocomplete="off"
          onInput={onInput}
          onKeyDown={sendOnEnter(send)}
          onPaste={onPaste}
        />
        <span id="letters-left" class={left < 0 ? "left over" : "left"} role="status">
          {left < tellBelow && (left < 0 ? `${-left} too many` : `${left} left`)}
        </span>
      </div>
      <button type="submit" class="send" disabled={!canSend} aria-label="Send">
        <Icon name="send" />
      </button>
    </form>
  );
}

/** As high as its text; the style sheet says where that ends. */
function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
