/** What a site loads to have `<quickcard-chat>`: one file, complete in itself. */
import { defineChatElement } from "../src/chat-element.tsx";

defineChatElement();
