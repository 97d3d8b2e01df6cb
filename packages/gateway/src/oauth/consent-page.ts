import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { scopes } from "./scopes.ts";

const style = `
:root { color-scheme: light dark; --text: #1c2230; --soft: #5a6375; --line: #d5dae3; --page: #f4f6f9; --card: #fff; --accent: #2457d6; --on-accent: #fff; --bad: #a4161a; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ebf2; --soft: #a5afc2; --line: #3a4356; --page: #12161f; --card: #1b212d; --accent: #8fb0ff; --on-accent: #0d1526; --bad: #ff9b9b; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.75rem; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
p, ul { margin: 0 0 1rem; } ul { padding-left: 1.2rem; }
.soft { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; } .bad { color: var(--bad); font-weight: 600; }
label { display: block; font-weight: 600; margin-bottom: .35rem; }
input { width: 100%; margin-bottom: .6rem; padding: .65rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: .6rem; }
.actions { display: flex; gap: .75rem; margin-top: 1.25rem; }
button { flex: 1; padding: .7rem 1rem; font: inherit; font-weight: 600; border-radius: .6rem; border: 1px solid var(--soft); background: transparent; color: inherit; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** The page on which a person lets a public client act, by typing the approval code that the operator was given. */
export async function consentPage(request: AuthorizationRequest, wrongCode: boolean): Promise<Response> {
  const parameters = {
    response_type: "code",
    client_id: request.client.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(" "),
    code_challenge: request.codeChallenge,
    code_challenge_method: "S256",
    ...(request.state === undefined ? {} : { state: request.state }),
  };
  const body = html`
    <h1>Let “${request.client.name}” use this gateway?</h1>
    <p>It asks to:</p>
    <ul>${request.scopes.map((scope) => html`<li>${scopes[scope]} <span class="soft">(${scope})</span></li>`)}</ul>
    <form method="post" action="/oauth/authorize">
      ${Object.entries(parameters).map(
        ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
      )}
      <label for="approval_code">Approval code</label>
      <input id="approval_code" name="approval_code" type="password" autocomplete="off" autofocus
        aria-describedby="hint${wrongCode ? " wrong" : ""}" aria-invalid="${wrongCode ? "true" : "false"}">
      ${wrongCode ? html`<p id="wrong" class="bad" role="alert">That is not this client's approval code.</p>` : ""}
      <p id="hint" class="soft">Shown once when the client was made with “quickcard clients create --public”.</p>
      <p class="soft">You will go back to ${new URL(request.redirectUri).origin}</p>
      <div class="actions">
        <button name="decision" value="deny" formnovalidate>Deny</button>
        <button name="decision" value="allow" class="primary">Allow</button>
      </div>
    </form>`;
  // Chromium applies form-action to where the answer redirects, too.
  return page(wrongCode ? 403 : 200, "Approve access", body, `'self' ${new URL(request.redirectUri).origin}`);
}

/** The page for a request that cannot be answered to anybody. */
export function refusalPage(status: number, message: string): Promise<Response> {
  const body = html`<h1>This request cannot be answered</h1><p>${message}</p>
    <p class="soft">Go back to the program that sent you here and report this to those who run it.</p>`;
  return page(status, "Request refused", body, "'none'");
}

async function page(
  status: number,
  title: string,
  body: ReturnType<typeof html>,
  formAction: string,
): Promise<Response> {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title} · Quickcard</title>
        <style>${raw(style)}</style>
      </head>
      <body><main>${body}</main></body>
    </html>`;
  return new Response(String(text), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
    },
  });
}
