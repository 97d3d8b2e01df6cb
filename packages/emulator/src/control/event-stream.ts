const keepAliveMs = 15_000;

/** How many events may wait for a slow reader before it is cut off. */
const mostWaiting = 1000;

/** One event of a stream. */
export interface StreamEvent {
  id?: number;
  event: string;
  data: unknown;
}

/** Answers with server-sent events: those that were missed first, then each as it happens, until the reader goes. */
export function eventStream(
  missed: readonly StreamEvent[],
  listen: (send: (event: StreamEvent) => void) => () => void,
): Response {
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          if ((controller.desiredSize ?? 0) < -mostWaiting) {
            stop();
            controller.error(new Error("the reader is too slow"));
          } else controller.enqueue(encoder.encode(text));
        };
        const timer = setInterval(() => write(": still here\n\n"), keepAliveMs).unref();
        const stopListening = listen((event) => write(format(event)));
        stop = () => {
          clearInterval(timer);
          stopListening();
        };
        write(": here\n\n");
        for (const event of missed) write(format(event));
      },
      cancel: () => stop(),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
  });
}

const encoder = new TextEncoder();

function format({ id, event, data }: StreamEvent): string {
  const head = id === undefined ? "" : `id: ${id}\n`;
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
