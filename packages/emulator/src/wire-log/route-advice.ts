import { type CoveredOperation, coverage } from "../coverage.ts";
import type { Refusal } from "./refusal.ts";

/** Paths that programs try and that are elsewhere. */
const elsewhere: readonly (readonly [path: RegExp, advice: string])[] = [
  [
    /\/messaging\/contacts/,
    "Genesys Cloud publishes no such route: the contacts API is the gateway's. Run quickcard serve and call that.",
  ],
  [/^\/api\/v2\/messaging\//, "That is the older place: the same is below /api/v2/conversations/messaging."],
  [
    /^\/emulator\b/,
    "No control has this path and method: docs/reference/emulator.md lists them, GET /emulator tells what there is.",
  ],
];

/** What to do about an operation that is not there. */
export function adviseOnRoute({ kind, code, message, method, target }: Refusal): string | undefined {
  if (kind !== "request" || code !== "not.found") return undefined;
  const moved = elsewhere.find(([path]) => path.test(target));
  if (moved !== undefined) return moved[1];
  const known = operationsAt(target);
  const level = known.find(({ operation }) => operation.startsWith(`${method} `))?.level;
  if (level === "missing")
    return "Genesys Cloud has this operation, the emulator does not: docs/reference/emulator.md lists those it has.";
  if (level !== undefined || !message.includes("requested resource")) return undefined;
  return known.length > 0
    ? `This path takes ${known.map(({ operation }) => operation.split(" ")[0]).join(", ")}, not ${method}.`
    : "No operation of Open Messaging has this path: mind /conversations/messages and /conversations/messaging. docs/reference/emulator.md lists all.";
}

/** The operations at a path, of those that fit the ones that leave least to parameters. */
function operationsAt(target: string): CoveredOperation[] {
  const fitting = coverage.filter(({ operation }) => patternOf(operation).test(target));
  const fewest = Math.min(...fitting.map(({ operation }) => parametersIn(operation)));
  return fitting.filter(({ operation }) => parametersIn(operation) === fewest);
}

function parametersIn(operation: string): number {
  return operation.split("{").length - 1;
}

function patternOf(operation: string): RegExp {
  const [, path = ""] = operation.split(" ");
  return new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
}
