export { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";
export {
  DataInUseError,
  DataTooNewError,
  DataUnavailableError,
  GatewayError,
  OptionError,
  PortUnavailableError,
  StoreUnavailableError,
} from "./gateway-error.ts";
export {
  type ClientRegistry,
  type CreatedClient,
  createClientRegistry,
  type NewClient,
  openClientRegistry,
  type RegisteredClient,
} from "./oauth/client-registry.ts";
export { type RunningGateway, type ServeOptions, serve } from "./serve.ts";
export {
  type HubSignatureFault,
  type HubSignatureResult,
  verifyHubSignature,
} from "./signatures/hub-signature.ts";
export { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
