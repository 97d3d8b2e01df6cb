import type { Content } from "@quickcard/content";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CodeBlock } from "../code-block/code-block.tsx";
import { type CodeLanguage, codeLanguages, codeSample } from "./code-samples.ts";
import { Modal } from "./modal.tsx";

/** A message to copy. */
export interface CopyWindowProps {
  content: Content;
  onClose: () => void;
}

/** The message as a program that sends it. */
export function CopyWindow({ content, onClose }: CopyWindowProps): JSX.Element {
  const [language, setLanguage] = useState<CodeLanguage>("JSON");
  return (
    <Modal title="Copy as" class="copy" onClose={onClose}>
      <fieldset class="segments">
        <legend class="unseen">Language</legend>
        {codeLanguages.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="language"
              checked={name === language}
              onChange={() => setLanguage(name)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <CodeBlock key={language} label={language} code={codeSample(language, content)} />
    </Modal>
  );
}
