import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "../message/icons.tsx";

/** A window above the page. */
export interface ModalProps {
  title: string;
  class?: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A window above the page, which holds the focus until Escape or its button closes it; the focus then returns. */
export function Modal({ title, class: name, onClose, children }: ModalProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // One that Escape has closed has given the focus back, and it may have moved on since.
      if (shown?.open && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={name ? `modal ${name}` : "modal"} aria-labelledby={titleId} onClose={onClose}>
      <div class="modal-inner">
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="bare" aria-label="Close" onClick={onClose}>
            <Icon name="remove" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
