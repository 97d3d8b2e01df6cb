import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CodeBlock } from "../code-block/code-block.tsx";
import { curlCommand } from "./curl-command.ts";
import { type OpenApiDocument, type PlacedOperation, type Response, scopesOf } from "./openapi-document.ts";
import { Prose, Words } from "./prose.tsx";
import { samplesOf } from "./schema-sample.ts";
import { resolve, typeLabel } from "./schema-shape.ts";
import { Disclosure, FieldFacts, SchemaView } from "./schema-view.tsx";

/** One operation of a document that is served at an origin. */
export interface OperationViewProps {
  operation: PlacedOperation;
  document: OpenApiDocument;
  origin: string;
}

/** All that there is to know of one operation. Its address within the page is its `operationId`. */
export function OperationView({ operation, document, origin }: OperationViewProps): JSX.Element {
  const { operationId, method, path, summary, description } = operation;
  const scopes = scopesOf(operation);
  return (
    <article class="operation" id={operationId} aria-labelledby={`${operationId}-title`}>
      <div class="operation-words">
        <h3 id={`${operationId}-title`}>
          <a href={`#${operationId}`}>{summary ?? operationId}</a>
        </h3>
        <p class="route">
          <span class={`method ${method}`}>{method.toUpperCase()}</span> <code>{path}</code>
        </p>
        {description && <Prose text={description} />}
        {scopes.length > 0 && (
          <p class="scopes">
            Scope{" "}
            {scopes.map((scope) => (
              <code key={scope}>{scope}</code>
            ))}
          </p>
        )}
        <Parameters {...{ operation, document }} />
        <RequestBody {...{ operation, document }} />
        <Responses {...{ operation, document }} />
      </div>
      <div class="operation-code">
        <Examples {...{ operation, document, origin }} />
      </div>
    </article>
  );
}

type PartProps = Omit<OperationViewProps, "origin">;

function Parameters({ operation, document }: PartProps): JSX.Element | null {
  const { parameters = [] } = operation;
  if (parameters.length === 0) return null;
  return (
    <>
      <h4>Parameters</h4>
      <ul class="fields">
        {parameters.map(({ name, in: place, required, description, schema = {} }) => (
          <li class="field" key={`${place} ${name}`}>
            <div class="field-head">
              <code class="field-name">{name}</code>
              <span class="field-type">
                {typeLabel(schema, document)} in {place}
              </span>
              {required && <span class="required">required</span>}
            </div>
            <FieldFacts
              schema={{ ...resolve(schema, document), ...(description && { description }) }}
              document={document}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function RequestBody({ operation, document }: PartProps): JSX.Element | null {
  const { requestBody } = operation;
  if (!requestBody) return null;
  return (
    <>
      <h4>Body</h4>
      {Object.entries(requestBody.content).map(([mediaType, { schema }]) => (
        <div key={mediaType}>
          <p class="media-type">
            <code>{mediaType}</code> {requestBody.description && <Words text={requestBody.description} />}
          </p>
          {schema && <SchemaView schema={schema} document={document} />}
        </div>
      ))}
    </>
  );
}

function Responses({ operation, document }: PartProps): JSX.Element {
  return (
    <>
      <h4>Answers</h4>
      <ul class="responses">
        {Object.entries(operation.responses).map(([status, response]) => (
          <li key={status}>
            <ResponseView status={status} response={response} document={document} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ResponseViewProps {
  status: string;
  response: Response;
  document: OpenApiDocument;
}

function ResponseView({ status, response, document }: ResponseViewProps): JSX.Element {
  const head = (
    <>
      <span class={`status s${status[0]}`}>{status}</span> <Words text={response.description} />
    </>
  );
  const bodies = Object.entries(response.content ?? {}).filter(([, { schema }]) => schema);
  if (bodies.length === 0) return <p class="bodiless">{head}</p>;
  return (
    <Disclosure summary={head}>
      {bodies.map(([mediaType, { schema = {} }]) => (
        <div key={mediaType}>
          <p class="media-type">
            <code>{mediaType}</code> {typeLabel(schema, document)}
          </p>
          <SchemaView schema={schema} document={document} />
        </div>
      ))}
    </Disclosure>
  );
}

function Examples({ operation, document, origin }: OperationViewProps): JSX.Element {
  const [chosen, setChosen] = useState(0);
  const media = operation.requestBody?.content["application/json"];
  const samples = media ? samplesOf(media, document) : [];
  const answer = sampleAnswer(operation, document);
  return (
    <>
      {samples.length > 1 && (
        <label class="chooser">
          Example
          <select onChange={(event) => setChosen(event.currentTarget.selectedIndex)}>
            {samples.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <CodeBlock label="Request" code={curlCommand(operation, document, origin, samples[chosen]?.value)} />
      {answer && <CodeBlock label={`Answer ${answer.status}`} code={JSON.stringify(answer.value, null, 2)} />}
    </>
  );
}

function sampleAnswer(
  { responses }: PlacedOperation,
  document: OpenApiDocument,
): { status: string; value: unknown } | undefined {
  for (const [status, { content = {} }] of Object.entries(responses)) {
    const media = content["application/json"];
    if (status.startsWith("2") && media) return { status, value: samplesOf(media, document)[0]?.value };
  }
  return undefined;
}
