/** What stops an emulator from being made or from listening. */
export abstract class EmulatorError extends Error {
  abstract readonly code: string;
  /** Whether the same call may succeed later without a change. */
  abstract readonly retryable: boolean;
}

/** An option cannot be used as it is. */
export class EmulatorOptionError extends EmulatorError {
  override readonly name = "EmulatorOptionError";
  readonly code = "EMULATOR_OPTION";
  readonly retryable = false;
}

/** The port is taken, or the address is not one of this machine. */
export class EmulatorPortError extends EmulatorError {
  override readonly name = "EmulatorPortError";
  readonly code = "EMULATOR_PORT";
  readonly retryable = true;
}

/** Another emulator has the file open. */
export class DataInUseError extends EmulatorError {
  override readonly name = "DataInUseError";
  readonly code = "EMULATOR_DATA_IN_USE";
  readonly retryable = true;

  constructor(file: string, holder: number | undefined) {
    const who = holder === undefined ? "another emulator" : `process ${holder}`;
    super(`${file} says that ${who} uses this data. Stop it, or name another file.`);
  }
}

/** The file is not an emulator's, or was changed by something else. */
export class DataUnreadableError extends EmulatorError {
  override readonly name = "DataUnreadableError";
  readonly code = "EMULATOR_DATA_UNREADABLE";
  readonly retryable = false;

  constructor(file: string, line: number) {
    super(`${file}, line ${line}, is not what an emulator writes. Name another file, or remove this one.`);
  }
}
