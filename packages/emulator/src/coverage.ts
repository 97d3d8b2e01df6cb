/** How far the emulator goes with an operation. */
export type CoverageLevel = "supported" | "partial" | "missing";

/** An operation of the platform's that belongs to Open Messaging, or that its programs need. */
export interface CoveredOperation {
  /** Such as `GET /api/v2/tokens/me`. */
  readonly operation: string;
  readonly level: CoverageLevel;
  /** What is missing, or our own guess. */
  readonly note?: string;
}

type Row = readonly [operation: string, level: CoverageLevel, note?: string];

const messages = "/api/v2/conversations/messages";
const conversation = `${messages}/{conversationId}`;
const communication = `${conversation}/communications/{communicationId}`;
const participant = `${conversation}/participants/{participantId}`;
const inbound = `${messages}/{integrationId}/inbound/open`;
const messaging = "/api/v2/conversations/messaging";
const integrations = `${messaging}/integrations/open`;
const botConnector = "/api/v2/integrations/botconnector";
const channels = "/api/v2/notifications/channels";
const details = "/api/v2/analytics/conversations";

const login: Row[] = [
  [
    "POST /oauth/token",
    "partial",
    "client credentials, by Basic or in the form; login host alone; statuses of refusals are a guess",
  ],
  ["GET /api/v2/tokens/me", "supported"],
  ["HEAD /api/v2/tokens/me", "supported"],
  ["DELETE /api/v2/tokens/me", "supported"],
  [
    "GET /api/v2/users/me",
    "supported",
    "refused, as for every client-credentials token; the code is a guess",
  ],
];

const inboundOperations: Row[] = [
  [
    `POST ${inbound}/message`,
    "supported",
    "an id and time that came before: the first answer again (a guess)",
  ],
  [`POST ${inbound}/event`, "supported"],
  [`POST ${inbound}/receipt`, "supported"],
  [`POST ${inbound}/structured/response`, "supported", "without a live conversation: 400 (a guess)"],
  [
    `POST ${messages}/inbound/open`,
    "supported",
    "deprecated on the platform; a receipt names its integration as `channel.from` (a guess)",
  ],
];

const outboundOperations: Row[] = [
  [
    `POST ${messages}/agentless`,
    "supported",
    "`open` and text alone, as the platform; an `externalContactId` is refused: there are no external contacts",
  ],
  [`POST ${communication}/messages`, "supported", "messaging templates are refused: they are WhatsApp's"],
  [`POST ${communication}/typing`, "supported"],
  [`POST ${communication}/messages/media/uploads`, "supported"],
  [`GET ${communication}/messages/media/{mediaId}`, "supported"],
  [`GET ${communication}/messages/media`, "supported"],
  [`POST ${communication}/messages/media`, "missing", "deprecated"],
  [`POST ${communication}/socialmedia/messages`, "missing"],
  [
    `POST ${messages}`,
    "partial",
    "`open` alone, for the first agent; `queueId` is an integration's id, else the first integration's; refusals are 400 (a guess)",
  ],
];

const conversationOperations: Row[] = [
  ["GET /api/v2/conversations/{conversationId}", "supported"],
  ["DELETE /api/v2/conversations/{conversationId}", "supported", "its permission is a guess"],
  [
    `GET ${messages}`,
    "supported",
    "the live ones of everybody, since a client's token is nobody's (a guess)",
  ],
  [`GET ${conversation}`, "supported"],
  [`PATCH ${conversation}`, "supported"],
  [`GET ${conversation}/messages/{messageId}`, "supported"],
  [`POST ${conversation}/messages/bulk`, "supported"],
  [`GET ${messages}/{messageId}/details`, "supported"],
  [`PATCH ${participant}`, "supported", "`state` and `wrapup`; the rest is of calls"],
  [`PATCH ${participant}/attributes`, "supported"],
  [`PATCH ${participant}/communications/{communicationId}`, "supported", "the same"],
  [`POST ${participant}/communications/{communicationId}/summaries`, "missing"],
  [`GET ${participant}/communications/{communicationId}/wrapup`, "supported", "without one: 404 (a guess)"],
  [`POST ${participant}/communications/{communicationId}/wrapup`, "supported"],
  [`POST ${participant}/monitor`, "missing"],
  [`PATCH ${participant}/parkingstate`, "supported", "`resumeTime` is not looked at"],
  [`POST ${participant}/replace`, "supported", "to an agent, or by any `queueId` to whoever has the fewest"],
  [`GET ${participant}/wrapup`, "supported"],
  [`GET ${participant}/wrapupcodes`, "supported", "two, the same in every organisation"],
  [`PUT ${conversation}/recordingstate`, "missing"],
  [`GET ${messages}/cachedmedia`, "missing"],
  [`GET ${messages}/cachedmedia/{cachedMediaItemId}`, "missing"],
  [`DELETE ${messages}/cachedmedia/{cachedMediaItemId}`, "missing"],
];

const configurationOperations: Row[] = [
  [`POST ${integrations}`, "supported", "`http:` webhooks on this machine too; any port"],
  [`GET ${integrations}`, "supported", "`expand` is not looked at"],
  [`GET ${integrations}/{integrationId}`, "supported"],
  [`PATCH ${integrations}/{integrationId}`, "supported"],
  [`DELETE ${integrations}/{integrationId}`, "supported"],
  [`GET ${messaging}/integrations`, "supported", "open ones are all there are"],
  [`GET ${messaging}/settings`, "supported"],
  [`POST ${messaging}/settings`, "supported", "of what it holds, outbound typing alone has an effect"],
  [`GET ${messaging}/settings/{messageSettingId}`, "supported"],
  [`PATCH ${messaging}/settings/{messageSettingId}`, "supported"],
  [`DELETE ${messaging}/settings/{messageSettingId}`, "supported"],
  [`GET ${messaging}/settings/default`, "supported", "404 until there is one (a guess)"],
  [`PUT ${messaging}/settings/default`, "supported", "holds for integrations made afterwards (a guess)"],
  [
    `DELETE ${messaging}/settings/default`,
    "supported",
    "leaves the setting, which is the default no more (a guess)",
  ],
  [`GET ${messaging}/supportedcontent`, "supported"],
  [
    `GET ${messaging}/supportedcontent/default`,
    "supported",
    "at first one that lets all media through; the platform's lets three kinds of pictures out",
  ],
  [`GET ${messaging}/supportedcontent/{supportedContentId}`, "supported"],
  [
    `POST ${messaging}/supportedcontent`,
    "supported",
    "media not let in are left out of a message; a message with media not let out has failed with `MediaTypeNotAllowed` (a guess)",
  ],
  [`PUT ${messaging}/supportedcontent/default`, "supported"],
  [`PATCH ${messaging}/supportedcontent/{supportedContentId}`, "supported"],
  [
    `DELETE ${messaging}/supportedcontent/{supportedContentId}`,
    "supported",
    "409 for the default one and one in use (a guess)",
  ],
  [`GET ${messaging}/threadingtimeline`, "supported", "72 hours until it is set"],
  [`PUT ${messaging}/threadingtimeline`, "supported"],
  [`GET ${messaging}/identityresolution/integrations/open/{integrationId}`, "supported"],
  [
    `PUT ${messaging}/identityresolution/integrations/open/{integrationId}`,
    "supported",
    "kept, without effect: there are no external contacts",
  ],
  ["GET /api/v2/routing/message/recipients", "supported"],
  ["GET /api/v2/routing/message/recipients/{recipientId}", "supported"],
  ["PUT /api/v2/routing/message/recipients/{recipientId}", "supported", "flows are made by the controls"],
  ["GET /api/v2/ipranges", "supported", "this machine's address"],
];

const botOperations: Row[] = [
  [`POST ${botConnector}s/outgoing/messages`, "supported", "preview on the platform"],
  [`POST ${botConnector}s/incoming/messages`, "missing", "preview on the platform"],
  [
    `GET ${botConnector}s/{integrationId}/bots`,
    "supported",
    "preview on the platform; asks the bot server of the flow with that id",
  ],
  [`GET ${botConnector}s/{integrationId}/bots/summaries`, "supported", "the same"],
  [`GET ${botConnector}s/{integrationId}/bots/{botId}`, "supported", "the same"],
  [`GET ${botConnector}/{integrationId}/bots`, "supported", "404 until some are set (a guess)"],
  [`PUT ${botConnector}/{integrationId}/bots`, "supported", "under any id; flows do not look at them"],
  [`GET ${botConnector}/{integrationId}/bots/summaries`, "supported"],
  [`GET ${botConnector}/{integrationId}/bots/{botId}`, "supported"],
  [`GET ${botConnector}/{integrationId}/bots/{botId}/versions`, "supported"],
];

const observationOperations: Row[] = [
  [
    `POST ${details}/details/query`,
    "supported",
    "of messages alone, so evaluation, survey and resolution filters find nothing; an aggregation counts conversations (a guess)",
  ],
  [`GET ${details}/{conversationId}/details`, "supported"],
  [`GET ${details}/details`, "supported"],
  [
    `POST ${details}/details/jobs`,
    "supported",
    "a job takes a second; the permission is that of the query (a guess)",
  ],
  [`GET ${details}/details/jobs/availability`, "supported", "all data are there at once"],
  [`GET ${details}/details/jobs/{jobId}`, "supported"],
  [`DELETE ${details}/details/jobs/{jobId}`, "supported"],
  [`GET ${details}/details/jobs/{jobId}/results`, "supported", "before the job is done: 400 (a guess)"],
  [`POST ${details}/{conversationId}/details/properties`, "missing"],
  [`POST ${channels}`, "supported"],
  [`GET ${channels}`, "supported"],
  [`HEAD ${channels}/{channelId}`, "supported"],
  [`GET ${channels}/{channelId}/subscriptions`, "supported"],
  [`PUT ${channels}/{channelId}/subscriptions`, "supported", "topics that are not listed are `Rejected`"],
  [`POST ${channels}/{channelId}/subscriptions`, "supported", "the same"],
  [`DELETE ${channels}/{channelId}/subscriptions`, "supported"],
  [
    "GET /api/v2/notifications/availabletopics",
    "supported",
    "those of conversations in messaging; an integration's id stands for its queue",
  ],
];

/** Route by route, what the emulator answers and what it does not: 404. */
export const coverage: readonly CoveredOperation[] = [
  ...login,
  ...inboundOperations,
  ...outboundOperations,
  ...conversationOperations,
  ...configurationOperations,
  ...botOperations,
  ...observationOperations,
].map(([operation, level, note]) => ({ operation, level, ...(note === undefined ? {} : { note }) }));
