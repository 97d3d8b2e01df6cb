import { execFile } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";
import { contact } from "./fixtures/start-contacts-api.ts";
import { rawAnswer } from "./fixtures/start-raw-server.ts";

const gigabyte = 1024 ** 3;
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });

/** What the server does on each path, until the client hangs up. */
const answers: Readonly<Record<string, (socket: Socket) => void>> = {
  "/good": (socket) => socket.write(rawAnswer("200 OK", contact)),
  "/gigabyte": (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${gigabyte}\r\n\r\n`);
    pour(socket, Buffer.alloc(65_536, " "));
  },
  "/endless": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    pour(socket, Buffer.from(`10000\r\n${" ".repeat(65_536)}\r\n`));
  },
  "/bomb": (socket) => {
    // Sixteen members, 64 MB each once unpacked, a thousandth of that on the wire.
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${16 * bomb.byteLength}\r\n\r\n`,
    );
    for (let member = 0; member < 16; member += 1) socket.write(bomb);
  },
  "/headers": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    pour(socket, Buffer.from("x-more: and more\r\n".repeat(1000)));
  },
};

function pour(socket: Socket, bytes: Buffer): void {
  const fill = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on("drain", fill);
  fill();
}

test("a gigabyte, a body without end, a bomb of gzip and headers without end cost little memory and are typed errors", async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const [, path = ""] = /^GET (\/\w+)/.exec(chunk.toString("latin1")) ?? [];
      answers[path]?.(socket);
    });
  });
  const { url } = await listen(server);
  const program = fileURLToPath(new URL("fixtures/meet-hostile-answers.mjs", import.meta.url));
  const paths = ["/gigabyte", "/endless", "/bomb", "/headers"];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, url, ...paths]);
    const results = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; path: string; outcome: string; grownMb: number });

    expect(results.map(({ name, path, outcome }) => `${name} ${path} ${outcome}`)).toEqual(
      ["undici", "fetch"].flatMap((name) => [
        `${name} /gigabyte unreadable_answer`,
        `${name} /endless unreadable_answer`,
        `${name} /bomb unreadable_answer`,
        `${name} /headers connection_failed`,
      ]),
    );
    for (const { grownMb } of results) expect(grownMb).toBeLessThan(64);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});
