/** A limit: the number, what it bounds, and whose it is. */
export interface Limit {
  readonly value: number;
  readonly meaning: string;
  /** `ours` where the platform is not known to have it. */
  readonly source: string;
}

/** Everything that the emulator counts, weighs or waits for. */
export const limits = {
  requestsPerMinute: {
    value: 300,
    meaning: "requests of a token in a minute, unless the emulator is told otherwise",
    source: "`client.credentials.token.rate.per.minute`",
  },
  requestsPerMinuteOfClient: {
    value: 3000,
    meaning:
      "requests of a client in a minute, whatever its tokens; where `--rate-limit` is another, ten times that",
    source: "`org.app.user.rate.per.minute`",
  },
  bodyBytes: { value: 512_000, meaning: "bytes of a request's body", source: "`request.bytes.max`" },
  bodyDepth: { value: 64, meaning: "levels of arrays and objects in a body", source: "ours" },
  listItems: { value: 1000, meaning: "items of a list in a body", source: "ours" },
  textCharacters: {
    value: 2000,
    meaning: "characters of `textBody`, of agents and agentless",
    source: "`AdditionalMessage`, SDK for Python 257.1.0",
  },
  bulkIds: { value: 1000, meaning: "ids of a bulk request", source: "the operation's text in the SDK" },
  mediaBytes: {
    value: 25_000_000,
    meaning: "bytes of a file",
    source: "help.mypurecloud.com, Supported content profiles",
  },
  secretCharacters: {
    value: 16,
    meaning: "characters that a webhook's secret has at least",
    source: "`OpenIntegrationRequest`",
  },
  webhookTimeoutMs: {
    value: 10_000,
    meaning: "milliseconds that the answer to a webhook may take",
    source: "developer.genesys.cloud, Open Messaging, Validate",
  },
  webhookRetries: {
    value: 5,
    meaning: "times that a webhook is tried again, on 429, 5xx and no answer",
    source: "developer.genesys.cloud, Open Messaging, Validate",
  },
  webhookRetryDelayMs: {
    value: 5000,
    meaning: "milliseconds from an attempt to the next",
    source: "developer.genesys.cloud, Open Messaging, Validate",
  },
  botTimeoutMs: {
    value: 30_000,
    meaning: "milliseconds that a bot may take, unless its flow says otherwise",
    source: "help.mypurecloud.com, Call Digital Bot Connector",
  },
  botsOfAList: {
    value: 50,
    meaning: "bots of a legacy bot connector, versions of one, and intents of one of those",
    source: "`BotList` and its parts, SDK for Python 257.1.0",
  },
  threadingMs: {
    value: 259_200_000,
    meaning: "milliseconds after its end in which a customer's message reopens a conversation",
    source: "a third party's note of 72 hours",
  },
  threadingMinutes: {
    value: 525_600,
    meaning: "minutes of a threading window, which is the time before, once it is set",
    source: "ours",
  },
  tokenSeconds: {
    value: 86_400,
    meaning: "seconds that a token lives, unless its client says otherwise (300 to 172,800)",
    source: "`accessTokenValiditySeconds`",
  },
  channelsOfAClient: {
    value: 20,
    meaning: "notification channels of a client; the oldest make room",
    source: "developer forum, thread 10312",
  },
  topicsOfAChannel: { value: 1000, meaning: "topics of a channel", source: "developer forum, thread 10312" },
  channelMs: {
    value: 86_400_000,
    meaning: "milliseconds that a channel lives",
    source: "developer forum, thread 10312",
  },
  heartbeatMs: {
    value: 30_000,
    meaning: "milliseconds from a channel's heartbeat to the next",
    source: "community.genesys.com, websocket heartbeats",
  },
  botLists: { value: 100, meaning: "lists of bots kept; the oldest make room", source: "ours" },
  analyticsJobs: { value: 100, meaning: "jobs of analytics kept; the oldest make room", source: "ours" },
  analyticsJobMs: {
    value: 86_400_000,
    meaning: "milliseconds that a job of analytics is known",
    source: "ours",
  },
  analyticsJobPage: { value: 1000, meaning: "conversations of a page of a job's results", source: "ours" },
  conversations: { value: 20_000, meaning: "conversations kept; the oldest make room", source: "ours" },
  messages: { value: 200_000, meaning: "messages kept; the oldest make room", source: "ours" },
  tokens: { value: 10_000, meaning: "tokens kept; the oldest make room", source: "ours" },
  media: { value: 200, meaning: "files kept; the oldest make room", source: "ours" },
  faults: { value: 100, meaning: "faults on the dial at one time", source: "ours" },
  wireLogEntries: {
    value: 1000,
    meaning: "exchanges in the wire log; the oldest make room",
    source: "ours",
  },
  wireLogCharacters: { value: 16_000_000, meaning: "characters of all their bodies", source: "ours" },
} as const satisfies Record<string, Limit>;
