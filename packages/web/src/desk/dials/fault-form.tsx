import type { ComponentChildren, JSX, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Fault } from "../desk-wire.ts";
import { faultKinds } from "./fault-kinds.ts";

/** A fault of the reader's own making. */
export function FaultForm({ onAdd }: { onAdd: (fault: Fault) => void }): JSX.Element {
  const [on, setOn] = useState<Fault["on"]>("webhook");
  const [kind, setKind] = useState("status");
  const known = faultKinds[on][kind] === undefined ? "status" : kind;

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    onAdd(readFault(new FormData(event.currentTarget), on, known));
  }

  return (
    <form class="fault-form" onSubmit={submit}>
      <Field label="Where">
        <select value={on} onChange={(event) => setOn(event.currentTarget.value as Fault["on"])}>
          <option value="webhook">Webhooks</option>
          <option value="request">Requests to the API</option>
        </select>
      </Field>
      <Field label="What">
        <select value={known} onChange={(event) => setKind(event.currentTarget.value)}>
          {Object.entries(faultKinds[on]).map(([name, label]) => (
            <option value={name} key={name}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      {known === "status" && <NumberField name="status" label="Status" value={503} min={200} max={599} />}
      {known === "latency" && (
        <NumberField name="ms" label="Milliseconds" value={2000} min={0} max={3_600_000} />
      )}
      {["status", "latency", "drop"].includes(known) && (
        <Field label="When">
          <select name="when">
            <option value="before">Before it is carried out</option>
            <option value="after">After it was carried out</option>
          </select>
        </Field>
      )}
      <NumberField name="times" label="How often" value={1} min={1} max={1_000_000} placeholder="each time" />
      <NumberField name="percent" label="Chance, in %" value={100} min={0} max={100} />
      <button type="submit" class="button primary">
        Set
      </button>
    </form>
  );
}

function Field({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="form-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

function NumberField({
  label,
  value,
  ...attributes
}: {
  name: string;
  label: string;
  value: number;
  min: number;
  max: number;
  placeholder?: string;
}): JSX.Element {
  return (
    <Field label={label}>
      <input type="number" defaultValue={String(value)} {...attributes} />
    </Field>
  );
}

/** An empty field is left to the emulator. */
function readFault(form: FormData, on: Fault["on"], kind: string): Fault {
  const number = (name: string) => {
    const text = form.get(name);
    return typeof text === "string" && text !== "" ? Number(text) : undefined;
  };
  const [status, ms, times, percent] = ["status", "ms", "times", "percent"].map(number);
  return {
    on,
    kind,
    ...(status !== undefined && { status }),
    ...(ms !== undefined && { ms }),
    ...(times !== undefined && { times }),
    ...(percent !== undefined && percent < 100 && { probability: percent / 100 }),
    ...(form.get("when") === "after" && { when: "after" as const }),
  };
}
