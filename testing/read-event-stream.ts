/** One server-sent event. */
export interface SentEvent<Data> {
  name: string;
  id: string;
  data: Data;
}

/** A stream of server-sent events, read as the HTML standard says. */
export interface EventReader<Data> extends AsyncDisposable {
  /** The next events, as many as asked for. */
  take(count: number): Promise<SentEvent<Data>[]>;
  /** Resolves once the first block has come. */
  opened: Promise<void>;
  /** Resolves once the server has ended the stream. */
  ended: Promise<void>;
  readonly lastEventId: string;
}

/** Reads the answer of a stream, from its beginning and ahead of who takes the events. */
export function readEventStream<Data>(answer: Response): EventReader<Data> {
  const waiting: SentEvent<Data>[] = [];
  let lastEventId = "";
  let wake = () => {};
  const opened = withResolvers<void>();
  const decoder = new TextDecoder();
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();

  async function readAll(): Promise<void> {
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (text + decoder.decode(value, { stream: true })).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block);
      opened.resolve();
      wake();
    }
  }

  function take(block: string): void {
    const fields = new Map(
      block.split("\n").map((line) => {
        const at = line.indexOf(": ");
        return [line.slice(0, at), line.slice(at + 2)];
      }),
    );
    lastEventId = fields.get("id") ?? lastEventId;
    const data = fields.get("data");
    if (data === undefined) return;
    waiting.push({ name: fields.get("event") ?? "message", id: lastEventId, data: JSON.parse(data) as Data });
  }

  const ended = readAll();
  ended.catch(() => {});
  return {
    async take(count) {
      while (waiting.length < count) {
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          ended.then(() => {
            throw new Error(`the stream ended after ${waiting.length} of ${count} events`);
          }),
        ]);
      }
      return waiting.splice(0, count);
    },
    opened: opened.promise,
    ended,
    get lastEventId() {
      return lastEventId;
    },
    async [Symbol.asyncDispose]() {
      await reader.cancel();
    },
  };
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
