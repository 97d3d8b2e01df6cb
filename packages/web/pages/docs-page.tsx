/** The API reference, at `/docs`: what this server's own OpenAPI document says. */
import { render } from "preact";
import type { OpenApiDocument } from "../src/reference/openapi-document.ts";
import { ReferencePage } from "../src/reference/reference-page.tsx";

const page = document.getElementById("page");

async function show(into: HTMLElement): Promise<void> {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error(`GET /openapi.json answered ${response.status}`);
  const api = (await response.json()) as OpenApiDocument;
  document.title = api.info.title;
  into.replaceChildren();
  render(<ReferencePage document={api} origin={location.origin} />, into);
}

function showFailure(into: HTMLElement): void {
  render(
    <main class="notice">
      <h1>API reference</h1>
      <p role="alert">
        The description of the API, <a href="/openapi.json">/openapi.json</a>, could not be loaded. Reload the
        page to try again.
      </p>
    </main>,
    into,
  );
}

if (page) show(page).catch(() => showFailure(page));
