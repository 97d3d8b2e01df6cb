import type { DeskApi } from "./desk-api.ts";
import { withCustomer, withSelection } from "./desk-state.ts";
import type { DeskStore } from "./desk-store.ts";
import type { Fault } from "./desk-wire.ts";

/** What somebody at the desk can do. None of it throws: each answers whether the emulator took it, and a refusal is in the state. */
export interface DeskActions {
  select(conversationId: string): void;
  /** Shows the phone of a customer. */
  showCustomer(name: string): void;
  /** Does something in the conversation that is selected. */
  act(action: string, body?: object): Promise<boolean>;
  addFault(fault: Fault): Promise<boolean>;
  /** Takes one fault off the dial; without an id, all. */
  removeFault(id?: string): Promise<boolean>;
  advance(ms: number): Promise<boolean>;
  replay(exchangeId: number): Promise<boolean>;
  clearLog(): Promise<boolean>;
  dismissRefusal(): void;
}

/** Makes what can be done at a desk. */
export function createDeskActions(
  api: DeskApi,
  { state, change, attempt, loadFaults }: DeskStore,
): DeskActions {
  return {
    select: (id) => change((known) => withSelection(known, id)),
    showCustomer: (name) => change((known) => withCustomer(known, name)),
    act: (action, body) =>
      attempt(async () => {
        const { selectedId } = state();
        if (selectedId !== undefined) await api.act(selectedId, action, body);
      }),
    addFault: (fault) => attempt(() => api.addFault(fault).then(loadFaults)),
    removeFault: (id) => attempt(() => api.removeFault(id).then(loadFaults)),
    advance: (ms) =>
      attempt(async () => {
        const now = await api.advance(ms);
        change((known) => ({ ...known, aheadMs: Date.parse(now) - Date.now() }));
      }),
    replay: (id) => attempt(() => api.replay(id)),
    clearLog: () =>
      attempt(async () => {
        await api.clearLog();
        change((known) => ({ ...known, exchanges: [] }));
      }),
    dismissRefusal: () => change((known) => ({ ...known, refusal: undefined })),
  };
}
