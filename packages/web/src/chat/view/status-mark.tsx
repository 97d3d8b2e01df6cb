import type { JSX } from "preact";
import { Icon, type IconName } from "../../message/icons.tsx";
import type { MessageItem } from "../transcript.ts";

const marks: Record<MessageItem["status"], { icon: IconName; label: string }> = {
  sending: { icon: "clock", label: "Sending" },
  sent: { icon: "tick", label: "Sent" },
  delivered: { icon: "ticks", label: "Delivered" },
  read: { icon: "ticks", label: "Read" },
  failed: { icon: "warning", label: "Not sent" },
};

/**
 * How far a message has come. The customer's own: on its way, then sent, which is when the gateway has it. The other
 * side's: what this page has told the gateway of it, so both sides see the same.
 */
export function StatusMark({ status }: Pick<MessageItem, "status">): JSX.Element | null {
  const mark = Object.hasOwn(marks, status) ? marks[status] : undefined;
  if (!mark) return null;
  return (
    <span class={`mark ${status}`} title={mark.label}>
      <Icon name={mark.icon} />
      <span class="unseen">{mark.label}</span>
    </span>
  );
}
