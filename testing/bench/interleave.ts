/** One thing that is measured: where it runs in turn with others, all of them meet the same machine. */
export interface Candidate<Figure> {
  name: string;
  measure(): Promise<Figure>;
}

/**
 * Measures all candidates in turn, round by round, and returns each one's figures by its name.
 *
 * @param announce Whether standard error tells of each measurement; default true. For those that take no time it is noise.
 */
export async function interleave<Figure>(
  candidates: readonly Candidate<Figure>[],
  rounds: number,
  { announce = true }: { announce?: boolean } = {},
): Promise<Map<string, Figure[]>> {
  const figures = new Map<string, Figure[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, measure } of candidates) {
      if (announce) process.stderr.write(`round ${round} of ${rounds}: ${name} … `);
      const startedAt = performance.now();
      figures.get(name)?.push(await measure());
      if (announce) process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    }
  }
  return figures;
}
