import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { pictureMimeTypes } from "../../chat-wire.ts";
import { Icon } from "../../message/icons.tsx";

/** Lets the customer choose pictures, or take one. */
export function PictureButton({ onFiles }: { onFiles: (files: File[]) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  function onChange({ currentTarget }: TargetedEvent<HTMLInputElement>): void {
    onFiles([...(currentTarget.files ?? [])]);
    // The same picture can be chosen again.
    currentTarget.value = "";
  }
  return (
    <>
      <button type="button" class="pick" aria-label="Choose pictures" onClick={() => input.current?.click()}>
        <Icon name="picture" />
      </button>
      <input
        type="file"
        accept={pictureMimeTypes.join(",")}
        multiple
        hidden
        ref={input}
        aria-label="Pictures to send"
        onChange={onChange}
      />
    </>
  );
}
