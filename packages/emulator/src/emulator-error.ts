/** What stops an emulator from being made or from listening. */
export abstract class EmulatorError extends Error {
  abstract readonly code: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  abstract readonly retryable: boolean;
  /** What to do. */
  readonly fix: string;

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.fix = fix;
  }
}

/** An option cannot be used as it is; the message names it. */
export class EmulatorOptionError extends EmulatorError {
  readonly code = "invalid_option";
  readonly retryable = false;

  constructor(message: string, fix = "Give the option a value that it can have") {
    super(message, fix);
  }
}

/** The port is taken, or the address is not one of this machine. */
export class EmulatorPortError extends EmulatorError {
  readonly code = "port_unavailable";
  readonly retryable = false;
}

/** Another emulator has the file open. */
export class EmulatorDataInUseError extends EmulatorError {
  readonly code = "emulator_data_in_use";
  readonly retryable = false;

  constructor(file: string, holder: number | undefined) {
    const who = holder === undefined ? "another emulator" : `process ${holder}`;
    super(`${file} says that ${who} uses this data.`, "Stop it, or name another file");
  }
}

/** The file cannot be read or written, or is not an emulator's. */
export class EmulatorDataError extends EmulatorError {
  readonly code = "emulator_data_unavailable";
  readonly retryable = false;
}
