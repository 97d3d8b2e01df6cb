import { cpus } from "node:os";

/** What a benchmark ran on, to print above its figures: `Node 22.1.0, 8 × Some Processor`. */
export function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "processor"}`;
}
