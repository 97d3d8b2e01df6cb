/** Runs work as one write of the store. */
type Write = <Result>(work: () => Result) => Promise<Result>;

/** Makes a call of which those that come in together are done by one write: `work` gets a list and answers in its order. */
export function batched<Item, Result>(
  write: Write,
  work: (items: Item[]) => Result[],
): (item: Item) => Promise<Result> {
  let open: { items: Item[]; results: Promise<Result[]> } | undefined;
  const begin = () => {
    const items: Item[] = [];
    const close = () => {
      if (open?.items === items) open = undefined;
    };
    const run = () => {
      close();
      return work(items);
    };
    return { items, results: write(run).finally(close) };
  };
  return async (item) => {
    open ??= begin();
    const { items, results } = open;
    const place = items.push(item) - 1;
    return (await results)[place] as Result;
  };
}
