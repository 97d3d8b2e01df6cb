import type { JSX, TargetedKeyboardEvent } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../../message/icons.tsx";
import type { Desk } from "../desk.ts";
import type { DeskState } from "../desk-state.ts";
import type { Exchange } from "../desk-wire.ts";
import { collapseRepeats, type LoggedRow } from "./collapse-repeats.ts";
import { gistOf, hasFailed } from "./describe-exchange.ts";
import { ExchangeDetail } from "./exchange-detail.tsx";
import { ExchangeRow } from "./exchange-row.tsx";

const filters: Record<string, { label: string; holds: (exchange: Exchange) => boolean }> = {
  all: { label: "All", holds: () => true },
  request: { label: "API", holds: ({ kind }) => kind === "request" },
  webhook: { label: "Webhooks", holds: ({ kind }) => kind !== "request" },
  failed: { label: "Failed", holds: hasFailed },
};

/** The wire log: every request and webhook, the latest first, and one of them in full. */
export function WireLogView({ state, desk }: { state: DeskState; desk: Desk }): JSX.Element {
  const [filter, setFilter] = useState("all");
  const [words, setWords] = useState("");
  const [openId, setOpenId] = useState<number>();
  const [isTall, setIsTall] = useState(false);
  const shown = useMemo(
    () => collapseRepeats(state.exchanges.filter((exchange) => matches(exchange, filter, words))).reverse(),
    [state.exchanges, filter, words],
  );
  const open = state.exchanges.find(({ id }) => id === openId);
  return (
    <section
      class={`wire-log ${open ? "opened" : ""} ${isTall ? "tall" : ""}`}
      aria-labelledby="wire-log-title"
    >
      <header class="pane-heading">
        <h2 id="wire-log-title">Wire log</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and these send nothing together */}
        <div class="filters" role="group" aria-label="Show">
          {Object.entries(filters).map(([name, { label }]) => (
            <button
              type="button"
              key={name}
              class="filter"
              aria-pressed={filter === name}
              onClick={() => setFilter(name)}
            >
              {label}
            </button>
          ))}
        </div>
        <input
          type="search"
          class="find"
          placeholder="Find in bodies and addresses"
          aria-label="Find in bodies and addresses"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <button type="button" class="plain" onClick={() => void desk.clearLog()}>
          Clear
        </button>
        <button
          type="button"
          class="round taller"
          aria-pressed={isTall}
          aria-label="Taller"
          onClick={() => setIsTall(!isTall)}
        >
          <Icon name={isTall ? "down" : "up"} />
        </button>
      </header>
      <div class="wire-log-body">
        <ExchangeList
          rows={shown}
          openId={openId}
          onOpen={setOpenId}
          isFiltered={filter !== "all" || words !== ""}
        />
        {open && (
          <ExchangeDetail exchange={open} desk={desk} onClose={() => setOpenId(undefined)} key={open.id} />
        )}
      </div>
    </section>
  );
}

function matches(exchange: Exchange, filter: string, words: string): boolean {
  if (!filters[filter]?.holds(exchange)) return false;
  const text = words.trim().toLowerCase();
  return (
    text === "" ||
    [exchange.url, exchange.requestBody, exchange.responseBody ?? "", gistOf(exchange)].some((part) =>
      part.toLowerCase().includes(text),
    )
  );
}

interface ExchangeListProps {
  rows: readonly LoggedRow[];
  openId: number | undefined;
  isFiltered: boolean;
  onOpen: (id: number) => void;
}

/** One stop of the Tab key; the arrow keys go from row to row. */
function ExchangeList({ rows, openId, isFiltered, onOpen }: ExchangeListProps): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const open = rows.find(
    ({ firstId, exchange }) => openId !== undefined && firstId <= openId && openId <= exchange.id,
  );
  const reachable = open ?? rows[0];
  function onKeyDown(event: TargetedKeyboardEvent<HTMLOListElement>): void {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  }
  if (rows.length === 0)
    return (
      <p class="nothing">
        {isFiltered
          ? "Nothing of that kind."
          : "Requests to Genesys Cloud and its webhooks will be listed here."}
      </p>
    );
  return (
    <ol class="exchanges" ref={list} onKeyDown={onKeyDown} aria-label="Exchanges, the latest first">
      {rows.map((row) => (
        <li key={row.firstId}>
          <ExchangeRow
            exchange={row.exchange}
            times={row.times}
            isOpen={row === open}
            isReachable={row === reachable}
            onOpen={onOpen}
          />
        </li>
      ))}
    </ol>
  );
}
