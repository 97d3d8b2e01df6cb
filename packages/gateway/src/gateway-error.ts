/** Why a gateway cannot start or go on, with what to do about it. */
export abstract class GatewayError extends Error {
  abstract readonly code: string;
  /** Whether the same may work later without anybody changing anything. */
  abstract readonly retryable: boolean;
  /** What to do. */
  readonly fix: string;

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.fix = fix;
  }
}

/** The port or address cannot be listened on. */
export class PortUnavailableError extends GatewayError {
  readonly code = "port_unavailable";
  readonly retryable = false;
}

/** The data folder or a file in it cannot be made, read or written. */
export class DataUnavailableError extends GatewayError {
  readonly code = "data_unavailable";
  readonly retryable = false;
}

/** Another gateway runs on the same data folder. */
export class DataInUseError extends GatewayError {
  readonly code = "data_in_use";
  readonly retryable = false;
}

/** The database was written by a newer gateway. */
export class DataTooNewError extends GatewayError {
  readonly code = "data_too_new";
  readonly retryable = false;
}

/** The database does not answer just now. */
export class StoreUnavailableError extends GatewayError {
  readonly code = "store_unavailable";
  readonly retryable = true;
}

/** An option has a value that cannot be used. */
export class OptionError extends GatewayError {
  readonly code = "invalid_option";
  readonly retryable = false;
}
