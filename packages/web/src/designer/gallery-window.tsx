import type { JSX } from "preact";
import type { Taps } from "../message/content-props.ts";
import { MessageContent } from "../message/message-content.tsx";
import type { Sample, SampleGroup } from "./gallery/sample.ts";
import { Modal } from "./modal.tsx";

/** The samples to choose from. */
export interface GalleryWindowProps {
  groups: readonly SampleGroup[];
  onChoose: (sample: Sample) => void;
  onClose: () => void;
}

/** Every sample as it looks, to begin from. */
export function GalleryWindow({ groups, onChoose, onClose }: GalleryWindowProps): JSX.Element {
  return (
    <Modal title="Begin from a sample" class="gallery" onClose={onClose}>
      {groups.map(({ title, samples }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul class="samples">
            {samples.map((sample) => (
              <li key={sample.id}>
                <button type="button" class="sample" onClick={() => onChoose(sample)}>
                  <span>{sample.title}</span>
                </button>
                <Thumbnail sample={sample} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Modal>
  );
}

/** Only to look at: the button beside it says what it is. */
function Thumbnail({ sample }: { sample: Sample }): JSX.Element {
  return (
    <div class="thumbnail phone" data-channel="web" data-scheme="system" inert>
      <div class="skinned" data-choices="chips">
        <MessageContent content={sample.content} taps={still} />
      </div>
    </div>
  );
}

const still: Taps = {
  isOpen: true,
  offersChoices: true,
  choose: () => {},
  postback: () => {},
  isUnderway: () => false,
};
