import { askServer } from "../ask-server.ts";
import type {
  CannedReply,
  DeskConversation,
  DeskCustomer,
  DeskMessage,
  DeskStart,
  Fault,
  SetFault,
} from "./desk-wire.ts";

/** The emulator's controls that the desk turns. Each throws a `ServerRefusal` where the emulator says no. */
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
  const call = askServer("/emulator", "emulator");
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
