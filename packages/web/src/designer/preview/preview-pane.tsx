import type { Content } from "@quickcard/content";
import { type ChannelName, channelNames, channelProfiles } from "@quickcard/content/channels";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { previewOn } from "../channel-preview.ts";
import type { Scheme } from "../link-state.ts";
import { ChannelColumn } from "./channel-column.tsx";

/** The content to show: the last one that was valid. */
export interface PreviewPaneProps {
  content: Content;
  /** Whether the draft is not valid now, so that an earlier one is shown. */
  isEarlier: boolean;
  channels: readonly ChannelName[];
  scheme: Scheme;
  onChannels: (channels: readonly ChannelName[]) => void;
  onScheme: (scheme: Scheme) => void;
  onReveal: (pointer: string) => void;
}

/** The message on every chosen channel, side by side. */
export function PreviewPane(props: PreviewPaneProps): JSX.Element {
  const { content, isEarlier, channels, scheme, onChannels, onScheme, onReveal } = props;
  const previews = useMemo(() => channels.map((channel) => previewOn(channel, content)), [channels, content]);
  return (
    <section class="previews" aria-labelledby="previews-title" id="previews" tabIndex={-1}>
      <div class="previews-head">
        <h2 id="previews-title">On each channel</h2>
        <ChannelChoice channels={channels} onChannels={onChannels} />
        <label class="scheme">
          <span class="unseen">Light or dark</span>
          <select value={scheme} onChange={(event) => onScheme(event.currentTarget.value as Scheme)}>
            <option value="system">Light or dark as here</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
      </div>
      <p class="earlier" role="status">
        {isEarlier ? "This is the message before the last change: the draft has a fault." : ""}
      </p>
      <ul class={isEarlier ? "channels stale" : "channels"}>
        {previews.map((preview) => (
          <ChannelColumn key={preview.channel} {...{ preview, scheme, onReveal }} />
        ))}
      </ul>
      {channels.length === 0 && <p class="hint">Choose a channel above.</p>}
    </section>
  );
}

type ChannelChoiceProps = Pick<PreviewPaneProps, "channels" | "onChannels">;

function ChannelChoice({ channels, onChannels }: ChannelChoiceProps): JSX.Element {
  const chosen = new Set(channels);
  const toggle = (name: ChannelName): void =>
    onChannels(channelNames.filter((one) => (one === name ? !chosen.has(one) : chosen.has(one))));
  return (
    <details class="channel-choice">
      <summary>
        {channels.length === channelNames.length
          ? "All channels"
          : `${channels.length} of ${channelNames.length} channels`}
      </summary>
      <fieldset>
        <legend class="unseen">Channels to show</legend>
        {channelNames.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
            {channelProfiles[name].title}
          </label>
        ))}
        <div class="choice-foot">
          <button type="button" class="quiet" onClick={() => onChannels(channelNames)}>
            All
          </button>
          <button type="button" class="quiet" onClick={() => onChannels([])}>
            None
          </button>
        </div>
      </fieldset>
    </details>
  );
}
