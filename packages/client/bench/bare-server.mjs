// Answers every request with the same bytes, at as little cost as a server can have. Tells its port to who started it.
import { createServer } from "node:net";

const message = JSON.stringify({
  id: "5b0f6d6a-3ad5-4a0c-8a6e-2f0d3a1c9b33",
  contactId: "6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11",
  conversationId: "0a4f6c7e-38bb-4f2f-9a3b-0d6f2f6f1c22",
  direction: "outbound",
  status: "queued",
  timestamp: "2026-10-21T07:28:00.000Z",
  content: { type: "text", text: "Your order has left our warehouse and arrives tomorrow." },
  notices: [],
});
const answer = Buffer.from(
  "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ninin-correlation-id: 3a1c9b33\r\n" +
    `inin-ratelimit-allowed: 100000000\r\ninin-ratelimit-count: 1\r\ninin-ratelimit-reset: 60\r\ncontent-length: ${message.length}\r\n\r\n${message}`,
);

const server = createServer({ noDelay: true }, (socket) => {
  let received = "";
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    received += chunk.latin1Slice();
    for (let end = endOfRequest(received); end > 0; end = endOfRequest(received)) {
      received = received.slice(end);
      socket.write(answer);
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());

/** @param {string} text */
function endOfRequest(text) {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return 0;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? "0";
  const end = head + 4 + Number(length);
  return text.length < end ? 0 : end;
}
