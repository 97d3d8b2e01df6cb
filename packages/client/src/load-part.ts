import { ConnectionError } from "./errors/transport-errors.ts";

/**
 * Loads a part of this package that most programs do without: a bundler puts it into a file of its own, which is fetched at the
 * first call that needs it, once.
 *
 * @throws ConnectionError where that file cannot be had.
 */
export async function loadPart<Part>(name: string, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new ConnectionError({
      message: `The part of @quickcard/client for ${name} could not be loaded`,
      fix: "Check that all files that your bundler made are deployed and can be reached, then start the program again.",
      fate: "not_sent",
      cause,
    });
  }
}
