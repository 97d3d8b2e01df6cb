/** The customer's own page, at `/chat/TOKEN`: its chat is where the page is. */
import { defineChatElement } from "../src/chat-element.tsx";

defineChatElement();
const chat = document.querySelector("quickcard-chat");
const title = document.title;
let unread = 0;

function showUnread(count: number): void {
  unread = count;
  document.title = count > 0 ? `(${count}) ${title}` : title;
}

chat?.addEventListener("quickcard-message", ({ detail }) => {
  if (detail.direction === "outbound" && document.hidden) showUnread(unread + 1);
});
document.addEventListener("visibilitychange", () => document.hidden || showUnread(0));

if (chat) chat.src = location.pathname;
