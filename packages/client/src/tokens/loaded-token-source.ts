import type { TokenSource } from "./token-source.ts";

/** A source of tokens that is loaded when the first is asked for. Where loading fails, the next call tries again. */
export function loadedTokenSource(load: () => Promise<TokenSource>): TokenSource {
  let source: TokenSource | undefined;
  let loading: Promise<TokenSource> | undefined;

  async function loaded(): Promise<TokenSource> {
    try {
      source = await load();
      return source;
    } finally {
      loading = undefined;
    }
  }

  return {
    get() {
      if (source) return source.get();
      loading ??= loaded();
      return loading.then((it) => it.get());
    },
    discard: (token) => source?.discard(token),
  };
}
