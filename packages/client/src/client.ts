import { Analytics } from "./analytics.ts";
import { type CallRoute, createCallRoute } from "./call-route.ts";
import { type ClientOptions, optionRules } from "./client-options.ts";
import { type ClientSettings, readClientOptions } from "./client-settings.ts";
import { Contacts } from "./contacts.ts";
import type { Event } from "./contacts-api.ts";
import { createSend } from "./create-send.ts";
import { ConfigurationError } from "./errors/local-errors.ts";
import type { HandleOptions } from "./events/handle-events.ts";
import type { ListenOptions } from "./events/listen.ts";
import { loadPart } from "./load-part.ts";
import { Messages } from "./messages.ts";
import { loadedRefusal } from "./refusals/loaded-refusal.ts";
import { routes } from "./routes.ts";
import { Subscriptions } from "./subscriptions.ts";
import { systemTimeAndChance, type TimeAndChance } from "./time-and-chance.ts";

const readRefusal = loadedRefusal(
  async () => (await import("./refusals/contacts-api-refusal.ts")).readContactsApiRefusal,
);

/** What a test can turn that a program has no need to. */
export interface ClientInternals {
  readonly time?: TimeAndChance;
  /** Longest silence of the event stream, in milliseconds, before it is opened anew. */
  readonly streamIdleMs?: number;
}

/**
 * Sends rich messages to a contact centre's customers, and hears what they answer.
 *
 * @example
 * const client = new OpenMessagingClient({ baseUrl: "http://127.0.0.1:8080", clientId, clientSecret });
 * await client.messages.send(contactId, text("Hello"));
 */
export class OpenMessagingClient {
  /** The customers. */
  readonly contacts: Contacts;
  /** What is sent to them and what they answer. */
  readonly messages: Messages;
  /** URLs that are told of what happens. */
  readonly subscriptions: Subscriptions;
  /** What happened in conversations. */
  readonly analytics: Analytics;
  /** Where the contacts API is, without a slash at the end. */
  readonly baseUrl: string;
  readonly #settings: ClientSettings;
  readonly #time: TimeAndChance;
  readonly #streamIdleMs: number;
  readonly #callRoute: CallRoute;

  /** @throws ConfigurationError */
  constructor(options: ClientOptions, internals: ClientInternals = {}) {
    const settings = readClientOptions(options);
    const { baseUrl, timeoutMs } = settings;
    this.#settings = settings;
    this.#time = internals.time ?? systemTimeAndChance;
    this.#streamIdleMs = internals.streamIdleMs ?? 60_000;
    this.#callRoute = createCallRoute({
      baseUrl,
      timeoutMs,
      send: createSend(settings, readRefusal, this.#time),
      time: this.#time,
    });
    this.baseUrl = baseUrl;
    this.contacts = new Contacts(this.#callRoute);
    this.messages = new Messages(this.#callRoute, { validates: settings.validate, baseUrl });
    this.subscriptions = new Subscriptions(this.#callRoute);
    this.analytics = new Analytics(this.#callRoute);
  }

  /**
   * A client with the tutorial's variables: `GENESYS_CLIENT_ID`, `GENESYS_CLIENT_SECRET` and `GENESYS_BASE_URL`. An option
   * given in `overrides` goes before its variable; with a `token`, id and secret are not read.
   *
   * @throws ConfigurationError naming the variable that is missing or not usable.
   */
  static fromEnvironment(
    environment: Readonly<Record<string, string | undefined>> = process.env,
    overrides: ClientOptions = {},
  ): OpenMessagingClient {
    const options: Record<string, unknown> = { ...overrides };
    for (const [name, rule] of Object.entries(optionRules)) {
      if (!("variable" in rule) || options[name] !== undefined) continue;
      if (name !== "baseUrl" && overrides.token !== undefined) continue;
      const value = environment[rule.variable];
      if (value) options[name] = value;
      else if (name !== "baseUrl") throw missingVariable(name, rule.variable);
    }
    return new OpenMessagingClient(options);
  }

  /**
   * What customers write and tap and what becomes of messages, as it happens: `for await (const event of client.events())`.
   * A lost connection is opened again without gap or repeat. Needs the scope `conversations:read`.
   */
  async *events(options: ListenOptions = {}): AsyncGenerator<Event, void, undefined> {
    const { listen } = await loadPart("events", () => import("./events/listen.ts"));
    yield* listen(
      {
        open: (input) => this.#callRoute(routes.events, input),
        time: this.#time,
        idleMs: this.#streamIdleMs,
      },
      options,
    );
  }

  /**
   * Calls a handler for each event, until the signal says stop; then it waits for the handlers that run. Events of one contact
   * are handled one after the other, in order; contacts do not wait for one another. A lost connection is opened again without
   * gap or repeat. Needs the scope `conversations:read`.
   *
   * @throws what a handler threw, where there is no `onError`.
   * @example
   * await client.listen({
   *   onTap: async (tap, { contactId }) => {
   *     await client.messages.send(contactId, text(`You chose ${tap.label}.`));
   *   },
   *   onError: (error, event) => console.error(event.id, error),
   * });
   */
  async listen(options: HandleOptions): Promise<void> {
    const { handleEvents } = await loadPart("events", () => import("./events/handle-events.ts"));
    return handleEvents((place) => this.events(place), options);
  }

  /** Lets go of open connections once what is in flight is done. A program that simply ends need not call it. */
  async close(): Promise<void> {
    await this.#settings.transport.close?.();
  }

  /** What `console.log` prints: never the secret or a token. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `OpenMessagingClient { baseUrl: ${JSON.stringify(this.baseUrl)} }`;
  }
}

function missingVariable(option: string, variable: string): ConfigurationError {
  return new ConfigurationError({
    option,
    variable,
    message: `The environment variable ${variable} is not set`,
    fix: `Set ${variable}. \`quickcard clients create\` makes a client and shows its id and secret.`,
  });
}
