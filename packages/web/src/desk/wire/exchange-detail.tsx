import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useCopied } from "../../code-block/use-copied.ts";
import { Icon } from "../../message/icons.tsx";
import type { Desk } from "../desk.ts";
import type { Exchange } from "../desk-wire.ts";
import { exchangeCurl } from "./exchange-curl.ts";
import { durationLabel, SignatureBadge, StatusBadge } from "./exchange-row.tsx";
import { jsonTokens, prettyBody } from "./json-tokens.ts";

/** One exchange in full, and what can be done with it. */
export function ExchangeDetail({
  exchange,
  desk,
  onClose,
}: {
  exchange: Exchange;
  desk: Desk;
  onClose: () => void;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!matchMedia("(min-width: 1000px)").matches) heading.current?.focus();
  }, []);
  const { method, url, at, durationMs, failure, attempt, advice, faults = [] } = exchange;
  return (
    <article class="exchange-detail" aria-label="Exchange">
      <header>
        <h3 ref={heading} tabIndex={-1}>
          <span class="method">{method}</span> {url}
        </h3>
        <button type="button" class="round" onClick={onClose} aria-label="Close the exchange">
          <Icon name="remove" />
        </button>
      </header>
      <p class="facts">
        <StatusBadge exchange={exchange} />
        <SignatureBadge exchange={exchange} />
        {attempt !== undefined && <span>attempt {attempt}</span>}
        <span>{durationLabel(durationMs)}</span>
        <time dateTime={at}>{at}</time>
        {faults.length > 0 && <span class="flag fault">fault: {faults.join(", ")}</span>}
      </p>
      {failure && <p class="failure">No answer: {failure}</p>}
      {advice && <p class="advice">{advice}</p>}
      <Deeds exchange={exchange} desk={desk} />
      <Side title="Request" headers={exchange.requestHeaders} body={exchange.requestBody} />
      <Side title="Answer" headers={exchange.responseHeaders} body={exchange.responseBody} />
    </article>
  );
}

function Deeds({ exchange, desk }: { exchange: Exchange; desk: Desk }): JSX.Element {
  const { isCopied, copy } = useCopied();
  const [replayed, setReplayed] = useState(0);
  return (
    <div class="deeds">
      {exchange.kind !== "bot-connector" && (
        <button
          type="button"
          class="button"
          onClick={() => void desk.replay(exchange.id).then((isDone) => isDone && setReplayed(replayed + 1))}
        >
          <Icon name="replay" /> Replay
        </button>
      )}
      <button type="button" class="button" onClick={() => void copy(exchangeCurl(exchange, location.origin))}>
        <Icon name={isCopied ? "tick" : "copy"} /> {isCopied ? "Copied" : "Copy as curl"}
      </button>
      <span class="told" role="status">
        {replayed > 0 ? `Replayed${replayed > 1 ? ` ${replayed} times` : ""}: see the top of the list` : ""}
      </span>
    </div>
  );
}

function Side({
  title,
  headers,
  body,
}: {
  title: string;
  headers: Record<string, string> | undefined;
  body: string | undefined;
}): JSX.Element | null {
  const pretty = useMemo(() => (body ? prettyBody(body) : ""), [body]);
  if (headers === undefined && !body) return null;
  return (
    <section class="side" aria-label={title}>
      <h4>{title}</h4>
      {headers && Object.keys(headers).length > 0 && (
        <details>
          <summary>Headers</summary>
          <dl class="headers">
            {Object.entries(headers).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {pretty ? <Body text={pretty} /> : <p class="nothing">No body.</p>}
    </section>
  );
}

function Body({ text }: { text: string }): JSX.Element {
  const tokens = useMemo(() => jsonTokens(text), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <pre tabIndex={0}>
      <code>
        {tokens.map(({ kind, text: piece }, index) =>
          kind ? (
            <span class={`json-${kind}`} key={index}>
              {piece}
            </span>
          ) : (
            piece
          ),
        )}
      </code>
    </pre>
  );
}
