import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Contact, OpenMessagingClient } from "@quickcard/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPythonWithRequests } from "../../../testing/find-python.ts";
import { type ServedGateway, serveQuickcard } from "../../../testing/serve-quickcard.ts";
import { hasSharedData, sharedPath } from "../../../testing/shared-data.ts";

const folder = fileURLToPath(new URL("fixtures/tutorial/", import.meta.url));
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");

describe.skipIf(!hasSharedData("spec/tutorial.txt"))("the scripts under test are the tutorial's", () => {
  /** The tutorial's lines from the first such line after a heading up to the next heading. */
  function codeBetween(heading: string, firstLine: string, nextHeading: string): string[] {
    const lines = linesOf(sharedPath("spec/tutorial.txt"));
    const start = lines.indexOf(firstLine, lines.indexOf(heading));
    return lines.slice(start, lines.indexOf(nextHeading, start));
  }
  const unindented = (file: string) => linesOf(`${folder}${file}`).map((line) => line.trimStart());

  test("the complete script, with its indentation restored and nothing else changed", () => {
    expect(unindented("complete_script.py")).toEqual(
      codeBetween("Complete Working Example", "import os", "Common Errors & Debugging"),
    );
  });

  test("the step functions, one after the other", () => {
    const quickReplySignature = "def create_quick_reply_payload(title: str, choices: list) -> dict:";
    const cardSignature =
      "def create_card_payload(title: str, subtitle: str, image_url: str, buttons: list) -> dict:";
    const sendSignature =
      "def send_structured_message(auth: GenesysAuth, contact_id: str, payload: dict) -> dict:";
    expect(unindented("step_functions.py")).toEqual([
      ...codeBetween("Authentication Setup", "import os", "Implementation"),
      ...codeBetween(
        "Step 1: Validate the Contact and Conversation",
        "import requests",
        "Step 2: Construct the Structured Message Payload",
      ),
      ...codeBetween("Quick Reply Payload", quickReplySignature, "Card Payload"),
      ...codeBetween("Card Payload", cardSignature, "Step 3: Send the Message"),
      ...codeBetween("Step 3: Send the Message", sendSignature, "Complete Working Example"),
    ]);
  });
});

const python = findPythonWithRequests();

describe.skipIf(!python)("run with python3 against quickcard serve", () => {
  let gateway: ServedGateway;
  let credentials: { clientId: string; clientSecret: string };
  let client: OpenMessagingClient;
  let contact: Contact;

  beforeAll(async () => {
    gateway = await serveQuickcard();
    credentials = await gateway.createClient();
    client = new OpenMessagingClient({ baseUrl: gateway.url, ...credentials });
    contact = await client.contacts.create({ channel: "web", displayName: "Ada" });
  });
  afterAll(() => gateway.stop());

  interface Run {
    exitCode: number | null;
    stdout: string;
    stderr: string;
  }

  async function runPython(script: string, environment: Record<string, string>, input = ""): Promise<Run> {
    const { clientId, clientSecret } = credentials;
    const child = spawn(python ?? "", ["-B", `${folder}${script}`], {
      env: {
        ...process.env,
        GENESYS_CLIENT_ID: clientId,
        GENESYS_CLIENT_SECRET: clientSecret,
        GENESYS_BASE_URL: gateway.url,
        ...environment,
      },
    });
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { exitCode, stdout, stderr };
  }

  interface Order {
    function: "validate_contact" | "send_structured_message";
    contactId?: string;
    payload?: unknown;
    cachedToken?: string;
  }

  function callStep(order: Order, environment: Record<string, string> = {}): Promise<Run> {
    return runPython(
      "call_step_function.py",
      environment,
      JSON.stringify({ contactId: contact.id, ...order }),
    );
  }

  const returned = ({ stdout }: Run) => JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  const asClient = ({ clientId, clientSecret }: typeof credentials, url = gateway.url) => ({
    GENESYS_CLIENT_ID: clientId,
    GENESYS_CLIENT_SECRET: clientSecret,
    GENESYS_BASE_URL: url,
  });

  const menu = {
    function: "create_quick_reply_payload",
    arguments: ["How can we help you today?", [{ label: "Billing", value: "billing_inquiry" }]],
  };
  const send = { function: "send_structured_message", payload: menu } as const;
  const validate = { function: "validate_contact" } as const;

  test("the complete script prints its success line, and the menu is in the history", async () => {
    const { contacts } = client;
    const customer = await contacts.create({ channel: "web", displayName: "Grace" });

    const run = await runPython("complete_script.py", { TARGET_CONTACT_ID: customer.id });

    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toContain("Success! Message sent.\n");
    const history = await client.messages.list(customer.id);
    expect(history.entities.map(({ content }) => content)).toEqual([
      {
        type: "quick-reply",
        title: "Select a service department:",
        choices: [
          { label: "Sales", value: "dept_sales" },
          { label: "Support", value: "dept_support" },
          { label: "Billing", value: "dept_billing" },
        ],
      },
    ]);
  });

  test("step 1 returns the contact", async () => {
    expect(returned(await callStep(validate)).result).toMatchObject({ id: contact.id, state: "active" });
  });

  test("step 3 sends the menu and the product card of step 2", async () => {
    const card = {
      function: "create_card_payload",
      arguments: [
        "New Product Launch",
        "Check out our latest features.",
        "https://example.com/images/product.jpg",
        [
          { type: "postback", title: "Learn More", payload: "learn_more_product_123" },
          { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
        ],
      ],
    };
    for (const payload of [menu, card]) {
      const run = await callStep({ function: "send_structured_message", payload });

      expect(run).toMatchObject({ exitCode: 0, stderr: "" });
      expect(run.stdout).toContain("Message sent successfully.\n");
      expect(returned(run).result).toMatchObject({ contactId: contact.id, status: "queued" });
    }
  });

  test("an unknown contact is not found", async () => {
    const contactId = "00000000-0000-4000-8000-000000000000";

    const validation = await callStep({ ...validate, contactId });
    const sending = await callStep({ ...send, contactId });

    expect(validation).toMatchObject({ exitCode: 1, stderr: `Error: Contact ${contactId} not found.\n` });
    expect(sending.stderr).toBe("Contact or Conversation not found.\n");
    expect(returned(sending).result).toBeNull();
  });

  test("a closed conversation is a bad request", async () => {
    const closed = await client.contacts.create({ channel: "web" });
    await client.contacts.close(closed.id);

    const sending = await callStep({ ...send, contactId: closed.id });

    expect(sending.stderr).toMatch(/^Bad Request: .*"code": ?"conversation\.closed"/);
    expect(returned(sending).result).toBeNull();
  });

  test("a missing scope is named", async () => {
    const reader = await gateway.createClient({ scopes: ["conversations:read"] });
    const sender = await gateway.createClient({ scopes: ["messages:send"] });

    const validation = await callStep(validate, asClient(sender));
    const sending = await callStep(send, asClient(reader));

    expect(validation).toMatchObject({
      exitCode: 1,
      stderr: "Error: Insufficient permissions. Check scopes.\n",
    });
    expect(sending.stderr).toMatch(/^Unexpected error: 403 .*missing\.scope/);
    expect(sending.stderr).toContain("messages:send");
  });

  test("a misspelt content type is a bad request that says how it is spelt", async () => {
    const payload = { type: "message", content: { type: "quickreply", title: "Hello", choices: [] } };

    const sending = await callStep({ ...send, payload });

    expect(sending.stderr).toMatch(/^Bad Request: .*invalid\.content\.type/);
    expect(sending.stderr).toContain("quickreply");
    expect(sending.stderr).toContain("quick-reply");
  });

  test("an expired token is renewed, and the call goes through", async () => {
    const cachedToken = await expiredToken();

    const validation = await callStep({ ...validate, cachedToken });
    const sending = await callStep({ ...send, cachedToken });

    expect(returned(validation).result).toMatchObject({ id: contact.id });
    expect(sending.stdout).toContain("Message sent successfully.\n");
  });

  /** A token that the gateway gave for one second, and by now refuses as expired. */
  async function expiredToken(): Promise<string> {
    const token = await fetchToken(gateway.url, await gateway.createClient({ tokenLifetimeSeconds: 1 }));
    const url = `${gateway.url}/api/v2/conversations/messaging/contacts/${contact.id}`;
    for (;;) {
      const check = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      const body = (await check.json()) as { code?: string };
      if (body.code === "credentials.expired") return token;
      await setTimeout(20);
    }
  }

  test("the rate limit says how long to wait, and the script gives up after three waits", async () => {
    const limited = await serveQuickcard({ rateLimitPerMinute: 1 });
    try {
      const customer = await limited.createClient();
      const token = await spentToken(limited.url, customer);
      const order = { ...send, cachedToken: token };

      const sending = await callStep(order, asClient(customer, limited.url));

      expect(sending.stdout).toMatch(
        /^(Rate limited\. Retrying in \d+ seconds\.\.\.\n){3}Max retries exceeded/,
      );
      const { waits, result } = returned(sending);
      expect(result).toBeNull();
      expect(waits).toHaveLength(3);
      for (const seconds of waits) expect(seconds).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });

  /** A token whose only request of this minute has been used. */
  async function spentToken(url: string, customer: typeof credentials): Promise<string> {
    const token = await fetchToken(url, customer);
    await fetch(`${url}/api/v2/conversations/messaging/contacts`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return token;
  }

  async function fetchToken(url: string, { clientId, clientSecret }: typeof credentials): Promise<string> {
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const answer = await fetch(`${url}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
    return ((await answer.json()) as { access_token: string }).access_token;
  }
});
