import { Component, type JSX } from "preact";
import { Icon } from "../../message/icons.tsx";
import type { Exchange } from "../desk-wire.ts";
import type { LoggedRow } from "./collapse-repeats.ts";
import { gistOf, kindNames, targetOf } from "./describe-exchange.ts";

/** One exchange as a row of the log, or several that were the same. */
export interface ExchangeRowProps extends Pick<LoggedRow, "exchange" | "times"> {
  isOpen: boolean;
  /** Whether the Tab key stops here. */
  isReachable: boolean;
  onOpen: (id: number) => void;
}

/** One exchange as a row of the log; exchanges never change, so neither does what is drawn of them. */
export class ExchangeRow extends Component<ExchangeRowProps> {
  override shouldComponentUpdate(next: ExchangeRowProps): boolean {
    const { exchange, isOpen, isReachable } = this.props;
    // A repetition is another exchange.
    return exchange !== next.exchange || isOpen !== next.isOpen || isReachable !== next.isReachable;
  }

  override render({ exchange, times, isOpen, isReachable, onOpen }: ExchangeRowProps): JSX.Element {
    const { id, kind, at, method, durationMs, attempt = 1, faults = [] } = exchange;
    return (
      <button
        type="button"
        class={`exchange ${kind}`}
        aria-current={isOpen ? "true" : undefined}
        tabIndex={isReachable ? 0 : -1}
        onClick={() => onOpen(id)}
      >
        <time dateTime={at}>{clockTime(at)}</time>
        <span class="kind">{kindNames[kind]}</span>
        <StatusBadge exchange={exchange} />
        <span class="target">
          <span class="method">{method}</span> {targetOf(exchange)}
        </span>
        <span class="gist">{gistOf(exchange)}</span>
        <span class="flags">
          {times > 1 && <span class="flag">× {times}</span>}
          {attempt > 1 && <span class="flag">attempt {attempt}</span>}
          {faults.map((fault, index) => (
            <span class="flag fault" key={index}>
              {fault}
            </span>
          ))}
          <SignatureBadge exchange={exchange} />
        </span>
        <span class="duration">{durationLabel(durationMs)}</span>
      </button>
    );
  }
}

/** The status of the answer, or that there is none. */
export function StatusBadge({ exchange: { status } }: { exchange: Exchange }): JSX.Element {
  if (status === undefined) return <span class="status bad">none</span>;
  const tone = status < 300 ? "good" : status < 400 ? "odd" : "bad";
  return <span class={`status ${tone}`}>{status}</span>;
}

/** Whether a webhook was signed with the integration's secret. */
export function SignatureBadge({
  exchange: { isSignatureRight },
}: {
  exchange: Exchange;
}): JSX.Element | null {
  if (isSignatureRight === undefined) return null;
  return (
    <span class={isSignatureRight ? "signature good" : "signature bad"}>
      <Icon name={isSignatureRight ? "signed" : "forged"} />
      <span class={isSignatureRight ? "words" : ""}>{isSignatureRight ? "signed" : "wrong signature"}</span>
    </span>
  );
}

/** Hours, minutes, seconds where the reader is. */
function clockTime(at: string): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** A duration as people read it. */
export function durationLabel(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
