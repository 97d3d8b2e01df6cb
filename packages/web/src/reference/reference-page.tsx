import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Navigation } from "./navigation.tsx";
import { type Chapter, chaptersOf, type OpenApiDocument } from "./openapi-document.ts";
import { OperationView } from "./operation-view.tsx";
import { Prose } from "./prose.tsx";

/** The whole reference of an API, whose server is at an origin. */
export function ReferencePage({
  document: api,
  origin,
}: {
  document: OpenApiDocument;
  origin: string;
}): JSX.Element {
  const chapters = useMemo(() => chaptersOf(api), [api]);
  useEffect(scrollToAddress, []);
  return (
    <div class="reference">
      <header class="bar">
        <a href="#top">{api.info.title}</a>
        <a href="/openapi.json">openapi.json</a>
      </header>
      <Contents chapters={chapters} />
      <main>
        <header id="top">
          <h1>
            {api.info.title} <span class="version">{api.info.version}</span>
          </h1>
          {api.info.description && <Prose text={api.info.description} />}
          <p>
            Base address <code>{origin}</code>
          </p>
        </header>
        <Access document={api} />
        {chapters.map(({ tag, operations }) => (
          <section class="chapter" key={tag} aria-label={tag}>
            <h2>{tag}</h2>
            {operations.map((operation) => (
              <OperationView key={operation.operationId} {...{ operation, document: api, origin }} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

/** The table of contents: beside the text where there is room, and else above it, to open. */
function Contents({ chapters }: { chapters: readonly Chapter[] }): JSX.Element {
  const isWide = useIsWide();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <aside>
      <details
        class="contents"
        open={isWide || isOpen}
        onToggle={(event) => setIsOpen(event.currentTarget.open)}
      >
        <summary>Contents</summary>
        <Navigation chapters={chapters} onFollow={() => setIsOpen(false)} />
      </details>
    </aside>
  );
}

function useIsWide(): boolean {
  const query = useMemo(() => matchMedia("(min-width: 900px)"), []);
  const [isWide, setIsWide] = useState(query.matches);
  useEffect(() => {
    const update = (): void => setIsWide(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, [query]);
  return isWide;
}

/** The operations are not there yet when the browser looks for the address that the page was opened with. */
function scrollToAddress(): void {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function Access({ document: api }: { document: OpenApiDocument }): JSX.Element | null {
  const flows = Object.values(api.components?.securitySchemes ?? {}).flatMap(({ flows = {} }) =>
    Object.values(flows),
  );
  const scopes = Object.entries(
    Object.assign({}, ...flows.map((flow) => flow.scopes)) as Record<string, string>,
  );
  const getToken = Object.entries(api.paths[flows[0]?.tokenUrl ?? ""] ?? {})[0]?.[1];
  if (scopes.length === 0) return null;
  return (
    <section class="chapter" aria-label="Access">
      <h2>Access</h2>
      <p>
        A request carries a token: <code>Authorization: Bearer TOKEN</code>.{" "}
        {getToken && <a href={`#${getToken.operationId}`}>How to get one</a>}
      </p>
      <ul class="fields">
        {scopes.map(([scope, meaning]) => (
          <li class="field field-head" key={scope}>
            <code class="field-name">{scope}</code> <span>{meaning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
