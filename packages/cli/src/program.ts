import { Option } from "commander";
import { addClients } from "./commands/clients/clients.ts";
import { addCompletion } from "./commands/completion.ts";
import { addContacts } from "./commands/contacts/contacts.ts";
import { addDev } from "./commands/dev.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addEmulator } from "./commands/emulator.ts";
import { addHistory } from "./commands/history.ts";
import { addLint } from "./commands/lint.ts";
import { addListen } from "./commands/listen.ts";
import { addLogin } from "./commands/login.ts";
import { addLogout } from "./commands/logout.ts";
import { addMessages } from "./commands/messages/messages.ts";
import { addPreview } from "./commands/preview.ts";
import { addSend } from "./commands/send/send.ts";
import { addServe } from "./commands/serve.ts";
import { addSubscriptions } from "./commands/subscriptions/subscriptions.ts";
import { exitCodes } from "./errors/exit-codes.ts";
import { addRunOptions, generalGroup, QuickcardCommand } from "./quickcard-command.ts";
import type { Surroundings } from "./surroundings.ts";
import { createStyle, hasColour } from "./terminal/style.ts";
import { version } from "./version.ts";

const commands = [
  addDev,
  addServe,
  addEmulator,
  addDoctor,
  addClients,
  addLogin,
  addLogout,
  addContacts,
  addSend,
  addHistory,
  addListen,
  addLint,
  addPreview,
  addMessages,
  addSubscriptions,
  addCompletion,
];

/** The whole command, ready to parse a command line. */
export function createProgram(surroundings: Surroundings): QuickcardCommand {
  const program = new QuickcardCommand("quickcard", surroundings);
  const { stdout, env } = surroundings;
  const isColoured = hasColour(stdout, env);
  const style = createStyle(isColoured);
  program
    .description("Send rich messages to a contact centre's customers, and hear what they answer. Unofficial.")
    .optionsGroup(generalGroup)
    .version(version(), "-V, --version", "show the version")
    .addHelpOption(new Option("-h, --help", "show this help").helpGroup(generalGroup))
    .helpCommand("help [command]", "show the help of a command")
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => style.bold(title).value,
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput({
      writeOut: (help) => void stdout.write(help),
      getOutHelpWidth: () => Math.min(stdout.columns ?? 80, 100),
      getOutHasColors: () => isColoured,
    })
    .addHelpText("after", `\n${afterHelp()}`)
    .example("quickcard dev")
    .example("quickcard send text --help");
  addRunOptions(program);
  for (const add of commands) add(program);
  return program;
}

function afterHelp(): string {
  const codes = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`);
  return ["Exit codes:", ...codes].join("\n");
}
