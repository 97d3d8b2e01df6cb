import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../message/icons.tsx";
import type { Desk } from "../desk.ts";

const hourMs = 3_600_000;

const steps = [
  { label: "+1 h", ms: hourMs },
  { label: "+24 h", ms: 24 * hourMs },
] as const;

const days = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric", month: "short" });

/** The organisation's time, and the buttons that turn it forward. */
export function ClockDial({ aheadMs, desk }: { aheadMs: number; desk: Desk }): JSX.Element {
  const now = useSeconds() + aheadMs;
  const [isTurning, setIsTurning] = useState(false);
  async function turn(ms: number): Promise<void> {
    setIsTurning(true);
    await desk.advance(ms);
    setIsTurning(false);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and these send nothing together
    <div class="clock" role="group" aria-label="Genesys Cloud's clock">
      <Icon name="clock" />
      <time dateTime={new Date(now).toISOString()} class="now">
        {days.format(now)} <b>{new Date(now).toTimeString().slice(0, 8)}</b>
      </time>
      {steps.map(({ label, ms }) => (
        <button
          type="button"
          class="button"
          key={label}
          aria-label={`Turn the clock forward ${label}`}
          disabled={isTurning}
          onClick={() => void turn(ms)}
        >
          {label}
        </button>
      ))}
      <span class="unseen" role="status">
        {isAhead(aheadMs) ? `${Math.round(aheadMs / hourMs)} hours ahead` : ""}
      </span>
    </div>
  );
}

function isAhead(aheadMs: number): boolean {
  return aheadMs > hourMs / 2;
}

function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
