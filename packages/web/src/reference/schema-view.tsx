import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { OpenApiDocument, Schema } from "./openapi-document.ts";
import { Words } from "./prose.tsx";
import { fieldsOf, innerSchema, limitLabels, resolve, typeLabel, variantsOf } from "./schema-shape.ts";

/** A schema of a document. */
export interface SchemaViewProps {
  schema: Schema;
  document: OpenApiDocument;
}

/** The fields of a body, and below each what it holds in turn. */
export function SchemaView({ schema, document }: SchemaViewProps): JSX.Element {
  const resolved = resolve(schema, document);
  if (!hasInside(resolved, document)) return <FieldFacts schema={resolved} document={document} />;
  return <Inside schema={resolved} document={document} />;
}

function hasInside(schema: Schema, document: OpenApiDocument): boolean {
  const inner = innerSchema(schema, document);
  return fieldsOf(inner).length > 0 || variantsOf(inner, document).length > 0;
}

function Inside({ schema, document }: SchemaViewProps): JSX.Element {
  const inner = innerSchema(schema, document);
  const variants = variantsOf(inner, document);
  if (variants.length > 0)
    return (
      <ul class="variants">
        {variants.map((variant) => (
          <li key={variant.name}>
            <Disclosure
              summary={
                <>
                  <code>{variant.name}</code> <Description schema={variant.schema} />
                </>
              }
            >
              <Inside schema={variant.schema} document={document} />
            </Disclosure>
          </li>
        ))}
      </ul>
    );
  return (
    <ul class="fields">
      {fieldsOf(inner).map(({ name, schema: field, isRequired }) => (
        <FieldView key={name} name={name} schema={field} isRequired={isRequired} document={document} />
      ))}
    </ul>
  );
}

function FieldView(props: SchemaViewProps & { name: string; isRequired: boolean }): JSX.Element {
  const { document } = props;
  const schema = resolve(props.schema, document);
  return (
    <li class="field">
      <div class="field-head">
        <code class="field-name">{props.name}</code>
        <span class="field-type">{typeLabel(schema, document)}</span>
        {props.isRequired && <span class="required">required</span>}
      </div>
      <FieldFacts schema={schema} document={document} />
      {hasInside(schema, document) && (
        <Disclosure
          summary={
            <span>
              {variantsOf(innerSchema(schema, document), document).length > 0 ? "Forms" : "Fields"} of{" "}
              {props.name}
            </span>
          }
        >
          <Inside schema={schema} document={document} />
        </Disclosure>
      )}
    </li>
  );
}

/** What a value means and must keep to. */
export function FieldFacts({ schema, document }: SchemaViewProps): JSX.Element {
  const choices = schema.enum ?? (schema.items && resolve(schema.items, document).enum);
  const limits = limitLabels(schema);
  return (
    <div class="facts">
      <Description schema={schema} />
      {choices && (
        <p class="choices">
          {choices.map((choice) => (
            <code key={String(choice)}>{String(choice)}</code>
          ))}
        </p>
      )}
      {limits.length > 0 && <p class="limits">{limits.join(", ")}</p>}
    </div>
  );
}

function Description({ schema }: { schema: Schema }): JSX.Element | null {
  return schema.description ? (
    <span class="description">
      <Words text={schema.description} />
    </span>
  ) : null;
}

/** Something to open. What is inside is made when it is first opened: a schema may hold itself. */
export function Disclosure({
  summary,
  children,
}: {
  summary: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details onToggle={(event) => event.currentTarget.open && setWasOpened(true)}>
      <summary>{summary}</summary>
      {wasOpened && children}
    </details>
  );
}
