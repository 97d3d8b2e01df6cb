import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Chapter, searchChapters } from "./openapi-document.ts";

/** The chapters to find, and what is done when one of the links is followed. */
export interface NavigationProps {
  chapters: readonly Chapter[];
  onFollow: () => void;
}

/** The table of contents, with a field to find an operation by. */
export function Navigation({ chapters, onFollow }: NavigationProps): JSX.Element {
  const [search, setSearch] = useState("");
  const current = useCurrentOperation(chapters);
  const found = searchChapters(chapters, search);
  return (
    <nav class="navigation" aria-label="Operations">
      <input
        type="search"
        placeholder="Find an operation"
        aria-label="Find an operation"
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <p class="unseen" role="status">
        {search && `${found.flatMap(({ operations }) => operations).length} found`}
      </p>
      {found.map(({ tag, operations }) => (
        <section key={tag}>
          <h2>{tag}</h2>
          <ul>
            {operations.map(({ operationId, method, summary }) => (
              <li key={operationId}>
                <a
                  href={`#${operationId}`}
                  aria-current={operationId === current ? "location" : undefined}
                  onClick={onFollow}
                >
                  <span class={`method ${method}`}>{method.toUpperCase()}</span>
                  <span>{summary ?? operationId}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found.length === 0 && <p class="nothing">No operation has these words.</p>}
    </nav>
  );
}

/** The operation that is uppermost in the window. */
function useCurrentOperation(chapters: readonly Chapter[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        const entered = entries.find(({ isIntersecting }) => isIntersecting);
        if (entered) setCurrent(entered.target.id);
      },
      { rootMargin: "-10% 0px -75% 0px" },
    );
    for (const { operations } of chapters)
      for (const { operationId } of operations) {
        const element = document.getElementById(operationId);
        if (element) seen.observe(element);
      }
    return () => seen.disconnect();
  }, [chapters]);
  return current;
}
