export async function weight(rounds: number): Promise<string> {
  return String(rounds);
}
