import type { ContentType } from "@quickcard/content";
import { Component, type ComponentType, type JSX } from "preact";
import { AudioMessage } from "./audio-message.tsx";
import { CardMessage } from "./card-message.tsx";
import { CarouselMessage } from "./carousel-message.tsx";
import type { ContentProps } from "./content-props.ts";
import { FileMessage } from "./file-message.tsx";
import { ImageMessage } from "./image-message.tsx";
import { LocationMessage } from "./location-message.tsx";
import { QuickReplyMessage } from "./quick-reply-message.tsx";
import { TextMessage } from "./text-message.tsx";
import { VideoMessage } from "./video-message.tsx";

const views: { [Type in ContentType]: ComponentType<ContentProps<Type>> } = {
  text: TextMessage,
  image: ImageMessage,
  audio: AudioMessage,
  video: VideoMessage,
  file: FileMessage,
  location: LocationMessage,
  "quick-reply": QuickReplyMessage,
  card: CardMessage,
  carousel: CarouselMessage,
};

/** The body of a message of any type. A type that the page does not know, or one without its fields, spoils no other. */
export class MessageContent extends Component<ContentProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  override componentDidCatch(): void {
    this.setState({ hasFailed: true });
  }

  override render({ content, taps }: ContentProps): JSX.Element {
    if (this.state.hasFailed || !Object.hasOwn(views, content.type)) return <UnknownMessage />;
    const View = views[content.type] as ComponentType<ContentProps>;
    return <View content={content} taps={taps} />;
  }
}

function UnknownMessage(): JSX.Element {
  return <p class="bubble unknown">This message cannot be shown here</p>;
}
