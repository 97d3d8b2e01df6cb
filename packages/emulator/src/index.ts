export type { Agent, AgentFile } from "./agent.ts";
export type { BotRule, ConnectedBot, FlowRecord, ScriptedBot } from "./bots/flow.ts";
export type { DeskCustomer } from "./control/desk-customers.ts";
export { type CoverageLevel, type CoveredOperation, coverage } from "./coverage.ts";
export { type Control, createEmulator, type Emulator } from "./emulator.ts";
export {
  EmulatorDataError,
  EmulatorDataInUseError,
  EmulatorError,
  EmulatorOptionError,
  EmulatorPortError,
} from "./emulator-error.ts";
export type { AgentOptions, EmulatorOptions, OAuthClientOptions } from "./emulator-options.ts";
export { type Fault, type FaultKind, faultKinds } from "./faults/fault.ts";
export type { FaultDial, SetFault } from "./faults/fault-dial.ts";
export { type Limit, limits as emulatorLimits } from "./limits.ts";
export { defaultPort, type ListenOptions } from "./listen.ts";
export type { OAuthCredentials } from "./organisation/furnish.ts";
export { knownPermissions, type Permission } from "./organisation/permissions.ts";
export type { ConversationRecord, MessageRecord, ParticipantRecord } from "./organisation/records.ts";
export { type RandomSource, seededBytes } from "./time/chance.ts";
export { type EmulatorClock, stoppedTime, systemTime, type TimeSource } from "./time/emulator-clock.ts";
export type { WebhookPolicy } from "./webhooks/webhook-policy.ts";
export { enumerations } from "./wire/enumerations.ts";
export { type BodyFault, findFaults } from "./wire/find-faults.ts";
export { type ModelName, models, type Wire } from "./wire/models.ts";
export { adviceTable, adviseOn } from "./wire-log/advice.ts";
export { type Refusal, refusalOf } from "./wire-log/refusal.ts";
export type { Exchange, WireLog, WireLogEntry } from "./wire-log/wire-log.ts";
