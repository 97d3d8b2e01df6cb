import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../../message/icons.tsx";
import type { Desk } from "../desk.ts";
import type { SetFault } from "../desk-wire.ts";
import { FaultForm } from "./fault-form.tsx";
import { faultLabel, faultPresets } from "./fault-kinds.ts";

/** What goes wrong on purpose: a button that tells how much does, and the dial behind it. */
export function FaultDial({ faults, desk }: { faults: readonly SetFault[]; desk: Desk }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class={faults.length > 0 ? "button alarmed" : "button"}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="fault" /> Faults{faults.length > 0 && <span class="count">{faults.length}</span>}
      </button>
      <dialog class="dialog" ref={dialog} aria-labelledby="faults-title">
        <div class="dialog-heading">
          <h2 id="faults-title">Faults</h2>
          <button type="button" class="round" aria-label="Close" onClick={() => dialog.current?.close()}>
            <Icon name="remove" />
          </button>
        </div>
        <p>What goes wrong on purpose, between Genesys Cloud and your program.</p>
        <FaultList faults={faults} desk={desk} />
        <h3>Often wanted</h3>
        <ul class="presets">
          {faultPresets.map(({ label, hint, fault }) => (
            <li key={label}>
              <button type="button" class="preset" onClick={() => void desk.addFault(fault)}>
                <strong>{label}</strong> <span>{hint}</span>
              </button>
            </li>
          ))}
        </ul>
        <h3>Your own</h3>
        <FaultForm onAdd={(fault) => void desk.addFault(fault)} />
      </dialog>
    </>
  );
}

function FaultList({ faults, desk }: { faults: readonly SetFault[]; desk: Desk }): JSX.Element {
  return (
    <div class="set-faults" aria-live="polite">
      {faults.length === 0 && <p class="nothing">Nothing goes wrong now.</p>}
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault.id}>
              <span>
                {faultLabel(fault)}
                {fault.struck > 0 && <span class="struck"> · struck {fault.struck}×</span>}
              </span>
              <button
                type="button"
                class="plain"
                aria-label={`Take off: ${faultLabel(fault)}`}
                onClick={() => void desk.removeFault(fault.id)}
              >
                Take off
              </button>
            </li>
          ))}
        </ul>
      )}
      {faults.length > 1 && (
        <button type="button" class="button" onClick={() => void desk.removeFault()}>
          Take all off
        </button>
      )}
    </div>
  );
}
