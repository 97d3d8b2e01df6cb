import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, type IconName } from "../message/icons.tsx";
import { ConversationList } from "./conversation/conversation-list.tsx";
import { ConversationView } from "./conversation/conversation-view.tsx";
import { CustomerPhone } from "./customer-phone.tsx";
import type { Desk } from "./desk.ts";
import type { DeskState } from "./desk-state.ts";
import { ClockDial } from "./dials/clock-dial.tsx";
import { FaultDial } from "./dials/fault-dial.tsx";
import { WireLogView } from "./wire/wire-log-view.tsx";

/** What a narrow window shows one at a time. */
const panes = [
  { name: "agent", label: "Agent", icon: "chat" },
  { name: "customer", label: "Customer", icon: "phone" },
  { name: "wire", label: "Wire log", icon: "wire" },
] as const satisfies { name: string; label: string; icon: IconName }[];

/** The agent on the left, the customer on the right, the wire below. */
export function DeskPage({ desk }: { desk: Desk }): JSX.Element {
  const state = useDeskState(desk);
  const [pane, setPane] = useState<string>("agent");
  return (
    <div class={`desk showing-${pane}`}>
      <header class="bar">
        <h1>
          <span class="emblem">
            <Icon name="chat" />
          </span>
          Agent desk <span class="of">of the emulator</span>
        </h1>
        <Connection state={state} />
        <ClockDial aheadMs={state.aheadMs} desk={desk} />
        <FaultDial faults={state.faults} desk={desk} />
      </header>
      {state.refusal !== undefined && <Refusal words={state.refusal} onDismiss={desk.dismissRefusal} />}
      <nav class="panes" aria-label="Parts of the desk">
        {panes.map(({ name, label, icon }) => (
          <button type="button" key={name} aria-pressed={pane === name} onClick={() => setPane(name)}>
            <Icon name={icon} /> {label}
          </button>
        ))}
      </nav>
      <main>
        <AgentPane state={state} desk={desk} />
        <CustomerPhone state={state} onShow={desk.showCustomer} />
        <WireLogView state={state} desk={desk} />
      </main>
    </div>
  );
}

function AgentPane({ state, desk }: { state: DeskState; desk: Desk }): JSX.Element {
  const selected = state.conversations.find(({ id }) => id === state.selectedId);
  return (
    <div class="agent">
      {state.conversations.length > 1 && <ConversationList state={state} onSelect={desk.select} />}
      {selected ? (
        <ConversationView conversation={selected} state={state} desk={desk} key={selected.id} />
      ) : (
        <NoConversation
          isLoaded={state.start !== undefined}
          hasCustomer={state.start !== undefined && state.start.customers.length > 0}
        />
      )}
    </div>
  );
}

function NoConversation({ isLoaded, hasCustomer }: { isLoaded: boolean; hasCustomer: boolean }): JSX.Element {
  return (
    <section class="no-conversation" aria-label="No conversation">
      {isLoaded && (
        <>
          <Icon name="chat" />
          <h2>Nobody has written yet</h2>
          <p>
            {hasCustomer
              ? "Write something on the customer’s phone: the conversation opens here."
              : "When a customer’s message comes in through the API, the conversation opens here."}
          </p>
        </>
      )}
    </section>
  );
}

const connections: Record<DeskState["connection"], string> = {
  connecting: "Connecting",
  open: "Connected",
  lost: "Connection lost: trying again",
};

function Connection({ state: { connection } }: { state: DeskState }): JSX.Element {
  return (
    <p class={`connection ${connection}`} role="status">
      {connections[connection]}
    </p>
  );
}

function Refusal({ words, onDismiss }: { words: string; onDismiss: () => void }): JSX.Element {
  return (
    <div class="refusal" role="alert">
      <Icon name="warning" /> <span>{words}</span>
      <button type="button" class="round" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="remove" />
      </button>
    </div>
  );
}

function useDeskState(desk: Desk): DeskState {
  const [state, setState] = useState(desk.state());
  useEffect(() => {
    const update = (): void => setState(desk.state());
    update();
    return desk.subscribe(update);
  }, [desk]);
  return state;
}
