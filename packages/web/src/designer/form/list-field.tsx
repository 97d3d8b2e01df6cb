import type { JSX } from "preact";
import { useContext, useRef } from "preact/hooks";
import { Icon, type IconName } from "../../message/icons.tsx";
import { type JsonPath, pointerOf, withItemMoved } from "../json-value.ts";
import type { Schema } from "./content-schema.ts";
import { fieldWord, itemWord } from "./field-words.ts";
import { FormContext, fieldId } from "./form-context.ts";
import { startingValue } from "./starting-value.ts";

/** A list of objects, such as the choices of a question. */
export interface ListFieldProps {
  name: string;
  path: JsonPath;
  schema: Schema;
  value: unknown;
  /** Draws the fields of one item. */
  renderItem: (schema: Schema, path: JsonPath, item: unknown) => JSX.Element;
}

/** Items to add, to take away and to move. */
export function ListField({ name, path, schema, value, renderItem }: ListFieldProps): JSX.Element {
  const { set, faults } = useContext(FormContext);
  const place = useRef<HTMLFieldSetElement>(null);
  const items: unknown[] = Array.isArray(value) ? value : [];
  const fault = faults.get(pointerOf(path));

  function change(next: unknown[], focus: string): void {
    set(path, next.length === 0 && (schema.minItems ?? 0) === 0 ? undefined : next);
    // What had the focus may be gone with its item.
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(focus)?.focus());
  }

  return (
    <fieldset class="part list" id={fieldId(path)} tabIndex={-1} ref={place}>
      <legend>{fieldWord(name)}</legend>
      {items.map((item, index) => (
        <Item
          // Items have no name of their own: the place is what tells them apart.
          key={index}
          {...{ name, index, item, path, schema, renderItem }}
          count={items.length}
          onMove={(to) => change(withItemMoved(items, index, to), itemSelector(to))}
          onRemove={() => change(items.toSpliced(index, 1), ".add")}
        />
      ))}
      {fault && <p class="fault">{fault}</p>}
      {items.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
        <button
          type="button"
          class="quiet add"
          onClick={() =>
            change([...items, startingValue(name, items)], `${itemSelector(items.length)} :is(input, select)`)
          }
        >
          <Icon name="add" /> Add {itemWord(name).toLowerCase()}
        </button>
      )}
    </fieldset>
  );
}

function itemSelector(index: number): string {
  return `:scope > [data-index="${index}"]`;
}

interface ItemProps extends Omit<ListFieldProps, "value"> {
  item: unknown;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function Item(props: ItemProps): JSX.Element {
  const { name, item, index, count, path, schema, renderItem, onMove, onRemove } = props;
  const word = `${itemWord(name)} ${index + 1}`;
  const isLong = name !== "choices";
  return (
    <fieldset
      aria-label={word}
      class={isLong ? "item long" : "item"}
      data-index={index}
      id={fieldId([...path, index])}
      tabIndex={-1}
    >
      <div class="item-head">
        <span class="item-word" aria-hidden="true">
          {word}
        </span>
        <ItemButton
          icon="up"
          word={`Move up: ${word}`}
          isOff={index === 0}
          onClick={() => onMove(index - 1)}
        />
        <ItemButton
          icon="down"
          word={`Move down: ${word}`}
          isOff={index === count - 1}
          onClick={() => onMove(index + 1)}
        />
        <ItemButton icon="remove" word={`Remove: ${word}`} isOff={false} onClick={onRemove} />
      </div>
      {renderItem(schema.items ?? {}, [...path, index], item)}
    </fieldset>
  );
}

interface ItemButtonProps {
  icon: IconName;
  word: string;
  isOff: boolean;
  onClick: () => void;
}

function ItemButton({ icon, word, isOff, onClick }: ItemButtonProps): JSX.Element {
  return (
    <button type="button" class="bare" aria-label={word} title={word} disabled={isOff} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
