import { Writable } from "node:stream";
import { createProgram, type QuickcardCommand } from "quickcard";

const nowhere = () =>
  Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { columns: 80 });

/** The command as declared, without a process around it. */
export function declaredProgram(): QuickcardCommand {
  return createProgram({
    stdin: (async function* () {})(),
    stdout: nowhere(),
    stderr: nowhere(),
    env: {},
    cwd: "/",
    signal: new AbortController().signal,
  });
}

/** A command and all below it. */
export function withSubcommands(command: QuickcardCommand): QuickcardCommand[] {
  return [command, ...(command.commands as QuickcardCommand[]).flatMap(withSubcommands)];
}
