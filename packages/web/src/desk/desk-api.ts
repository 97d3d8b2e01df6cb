import type {
  CannedReply,
  DeskConversation,
  DeskCustomer,
  DeskMessage,
  DeskStart,
  Fault,
  SetFault,
} from "./desk-wire.ts";

/** The emulator said no, in its own words. */
class DeskRequestError extends Error {
  override readonly name = "DeskRequestError";
}

/** The emulator's controls that the desk turns. Each throws a `DeskRequestError` where the emulator says no. */
export interface DeskApi {
  start(): Promise<DeskStart>;
  messages(conversationId: string): Promise<DeskMessage[]>;
  act(conversationId: string, action: string, body?: object): Promise<void>;
  faults(): Promise<SetFault[]>;
  addFault(fault: Fault): Promise<void>;
  /** Takes one off the dial; without an id, all. */
  removeFault(id?: string): Promise<void>;
  /** Answers with the new time. */
  advance(ms: number): Promise<string>;
  replay(exchangeId: number): Promise<void>;
  clearLog(): Promise<void>;
}

/** Speaks to the emulator that served the page. */
export function createDeskApi(): DeskApi {
  const entities = async <Row>(path: string) => (await call<{ entities: Row[] }>("GET", path)).entities;
  const path = (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}`;
  return {
    start: async () => {
      const [organisation, agents, conversations, cannedReplies, faults, customers] = await Promise.all([
        call<{ now: string }>("GET", ""),
        entities<DeskStart["agents"][number]>("/agents"),
        entities<DeskConversation>("/conversations?pageSize=100"),
        entities<CannedReply>("/canned-replies"),
        entities<SetFault>("/faults"),
        entities<DeskCustomer>("/customers"),
      ]);
      const { now } = organisation;
      return { now, agents, conversations, cannedReplies, faults, customers };
    },
    messages: async (conversationId) =>
      (await call<{ messages: DeskMessage[] }>("GET", path(conversationId))).messages,
    act: (conversationId, action, body = {}) => call("POST", `${path(conversationId)}/${action}`, body),
    faults: () => entities("/faults"),
    addFault: (fault) => call("POST", "/faults", fault),
    removeFault: (id) => call("DELETE", id === undefined ? "/faults" : `/faults/${id}`),
    advance: async (ms) => (await call<{ now: string }>("POST", "/clock/advance", { ms })).now,
    replay: (exchangeId) => call("POST", `/wire-log/${exchangeId}/replay`, {}),
    clearLog: () => call("DELETE", "/wire-log"),
  };
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`/emulator${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as Answer;
  throw new DeskRequestError(refusalOf(text) ?? `The emulator answered ${response.status}.`);
}

function refusalOf(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
