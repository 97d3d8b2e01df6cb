import { type Notice, noticeCodes } from "@quickcard/content/channels";
import type { JSX } from "preact";
import { Icon } from "../../message/icons.tsx";
import type { ChannelPreview } from "../channel-preview.ts";

/** What becomes of a message on a channel, and where to go for it. */
export interface NoticeListProps {
  preview: ChannelPreview;
  /** Goes to the field that a JSON pointer names; absent where there is none to go to. */
  onReveal?: ((pointer: string) => void) | undefined;
}

/** Everything that a channel changes, each with its place in the message. */
export function NoticeList({ preview, onReveal }: NoticeListProps): JSX.Element | null {
  const { notices, findings, refusal } = preview;
  const changed = new Set(notices.map(({ path }) => path));
  const warnings = findings.filter(({ pointer, effect }) => effect === "charged" || !changed.has(pointer));
  if (refusal) {
    return (
      <ul class="notices">
        <li class="bad">
          <Icon name="warning" />
          <span>
            {refusal.message}. {refusal.fix} <Place pointer={refusal.pointer} onReveal={onReveal} />
          </span>
        </li>
      </ul>
    );
  }
  if (notices.length + warnings.length === 0) return null;
  return (
    <ul class="notices">
      {seenFirst(notices).map(({ code, path, from, to, lossy }) => (
        <li key={`${code} ${path}`} class={lossy ? "lossy" : undefined} title={code}>
          <Icon name={lossy ? "warning" : "tick"} />
          <span>
            {noticeCodes[code].meaning} <span class="change">{`${from} → ${to}`}</span>{" "}
            <Place pointer={path} onReveal={onReveal} />
          </span>
        </li>
      ))}
      {warnings.map(({ pointer, limit, message, fix }) => (
        <li key={`${limit} ${pointer}`} title={limit}>
          <Icon name="warning" />
          <span>
            {message}. {fix} <Place pointer={pointer} onReveal={onReveal} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the customer sees, then what nobody sees. */
function seenFirst(notices: readonly Notice[]): Notice[] {
  const rank = ({ code }: Notice): number => (noticeCodes[code].seen ? 0 : 1);
  return notices.toSorted((one, other) => rank(one) - rank(other));
}

function Place({
  pointer,
  onReveal,
}: Pick<NoticeListProps, "onReveal"> & { pointer: string }): JSX.Element | null {
  if (pointer === "") return null;
  if (!onReveal) return <code class="change">{pointer}</code>;
  return (
    <button type="button" class="place" onClick={() => onReveal(pointer)} aria-label={`Go to ${pointer}`}>
      {pointer}
    </button>
  );
}
