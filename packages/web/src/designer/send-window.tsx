import type { Content } from "@quickcard/content";
import type { JSX, TargetedInputEvent, TargetedSubmitEvent } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { Modal } from "./modal.tsx";
import { type Recipient, type SendResult, sendMessage } from "./send-message.ts";

/** A message to send. */
export interface SendWindowProps {
  content: Content;
  recipient: Recipient;
  /** Keeps the recipient for the next time, in this page alone. */
  onRecipient: (recipient: Recipient) => void;
  onClose: () => void;
}

/** Sends the message to a contact. What is secret stays in this page's memory: it is in no link and in no storage. */
export function SendWindow({ content, recipient, onRecipient, onClose }: SendWindowProps): JSX.Element {
  const [result, setResult] = useState<SendResult | "underway">();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const isUnderway = result === "underway";
  useEffect(() => setResult(undefined), [recipient]);

  async function send(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isUnderway) return;
    setResult("underway");
    const outcome = await sendMessage(content, recipient, key);
    if (outcome.ok) setKey(crypto.randomUUID());
    setResult(outcome);
  }

  return (
    <Modal title="Send to a contact" class="send" onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <Field
          label="Contact id"
          value={recipient.contactId}
          onInput={(contactId) => onRecipient({ ...recipient, contactId })}
        />
        <Field
          label="Client id"
          hint="Of an OAuth client with the scope messages:send. Without one, an access token is asked for."
          isOptional
          value={recipient.clientId}
          onInput={(clientId) => onRecipient({ ...recipient, clientId })}
        />
        <Field
          label={recipient.clientId.trim() === "" ? "Access token" : "Client secret"}
          hint="It is not kept, and no link holds it."
          isSecret
          value={recipient.secret}
          onInput={(secret) => onRecipient({ ...recipient, secret })}
        />
        <button type="submit" class="main" aria-disabled={isUnderway}>
          {isUnderway ? "Sending…" : "Send"}
        </button>
        <p
          role="status"
          class={result !== undefined && result !== "underway" && !result.ok ? "fault" : "told"}
        >
          {result !== undefined && result !== "underway" && wordsOf(result)}
        </p>
      </form>
    </Modal>
  );
}

function wordsOf(result: SendResult): string {
  if (!result.ok) return result.message;
  const changed = result.notices > 0 ? ` It was adapted in ${result.notices} places.` : "";
  return `Accepted as message ${result.id}: ${result.status}.${changed}`;
}

interface FieldProps {
  label: string;
  value: string;
  hint?: string;
  isSecret?: boolean;
  isOptional?: boolean;
  onInput: (value: string) => void;
}

function Field({
  label,
  value,
  hint,
  isSecret = false,
  isOptional = false,
  onInput,
}: FieldProps): JSX.Element {
  const id = useId();
  const attributes = {
    id,
    required: !isOptional,
    autocomplete: "off" as const,
    spellcheck: false,
    value,
    "aria-describedby": hint ? `${id}:hint` : undefined,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {isOptional && <span class="optional"> optional</span>}
      </label>
      {isSecret ? <input {...attributes} type="password" /> : <input {...attributes} type="text" />}
      {hint && (
        <p class="hint" id={`${id}:hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
