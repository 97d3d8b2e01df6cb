/** Where the figures come from. Vendors' pages were read as stored copies. */
export const sources = {
  "WA-BTN": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "WA-LIST": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror (page updated 2026-07-02)",
  },
  "WA-CTA": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "WA-CAR": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages",
    kind: "vendor-doc",
    readAsOf: "page updated 2025-12-22 / 2026-05-21",
  },
  "WA-TEXT": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-DOC": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/document-messages",
    kind: "vendor-doc",
    readAsOf: "page updated 2025-11-03",
  },
  "WA-SEND": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-MEDIA": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-ERR": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-THR": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-STAT": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-LIM": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-PAIR": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform#rate-limits",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-TPLCAR": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-carousel-templates",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-PRICE": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "WA-BSUID": {
    url: "https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "WA-OAS": { url: "https://github.com/facebook/openapi", kind: "vendor-openapi", readAsOf: "2025-11-21" },
  "MS-SEND": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "MS-API": {
    url: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "MS-QR": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-04-22",
  },
  "MS-GEN": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/template/generic",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-04-22",
  },
  "MS-BTNT": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/template/button",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-04-22",
  },
  "MS-BTN": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/buttons",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "MS-PB": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/buttons/postback",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-04-22",
  },
  "MS-ERR": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-06-25",
  },
  "MS-RATE": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-03-23",
  },
  "MS-HOOK": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "MS-POL": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "MS-ASSET": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets",
    kind: "vendor-doc",
    readAsOf: "page updated 2026-04-22",
  },
  "MS-READ": {
    url: "https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/webhook-events/message-reads",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "IG-SEND": {
    url: "https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "IG-QR": {
    url: "https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/quick-replies",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "IG-GEN": {
    url: "https://developers.facebook.com/docs/instagram-messaging/generic-template",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "IG-BTNT": {
    url: "https://developers.facebook.com/docs/instagram-messaging/button-template",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "IG-ASSET": {
    url: "https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload",
    kind: "vendor-doc",
    readAsOf: "2026 mirror",
  },
  "IG-HOOK": {
    url: "https://developers.facebook.com/documentation/business-messaging/instagram-messaging/webhooks",
    kind: "vendor-doc",
    readAsOf: "2026-09-11 mirror",
  },
  "LINE-OAS": { url: "https://github.com/line/line-openapi", kind: "vendor-openapi", readAsOf: "2026-07-01" },
  "LINE-DOC": {
    url: "https://developers.line.biz/en/reference/messaging-api/",
    kind: "vendor-doc",
    readAsOf: "mirrored partials",
  },
  "LINE-SDK": {
    url: "https://github.com/line/line-bot-sdk-nodejs",
    kind: "vendor-sdk",
    readAsOf: "2026-08-21",
  },
  "LINE-SEC": { url: "https://github.com/abgne/line-dev", kind: "secondary", readAsOf: "2026" },
  "TG-TYPES": {
    url: "https://www.npmjs.com/package/@grammyjs/types",
    kind: "secondary-generated-from-vendor-doc",
    readAsOf: "5.0.0",
  },
  "TG-PTB": {
    url: "https://docs.python-telegram-bot.org/en/stable/telegram.constants.html",
    kind: "secondary",
    readAsOf: "12.7 - 14+",
  },
  "SL-TYPES": { url: "https://www.npmjs.com/package/@slack/types", kind: "vendor-sdk", readAsOf: "3.2.0" },
  "SL-RATE": {
    url: "https://docs.slack.dev/apis/web-api/rate-limits",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "SL-ISSUE": { url: "https://github.com/slackapi/bolt-js/issues/2509", kind: "vendor-issue" },
  "SL-SDK": { url: "https://github.com/slackapi/node-slack-sdk", kind: "vendor-sdk", readAsOf: "2026-08-21" },
  "RCS-SEND": {
    url: "https://developers.google.com/business-communications/rcs-business-messaging/guides/build/messages/send",
    kind: "vendor-doc",
    readAsOf: "clipped 2026-04-05",
  },
  "RCS-HOOK": {
    url: "https://developers.google.com/business-communications/rcs-business-messaging/guides/integrate/webhooks",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "RCS-AWS": {
    url: "https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-rcs.html",
    kind: "secondary",
  },
  "RCS-VON": { url: "https://github.com/Vonage/vonage-node-sdk", kind: "secondary", readAsOf: "2026-07-17" },
  "AMB-INT": {
    url: "https://register.apple.com/resources/messages/msp-rest-api/type-interactive",
    kind: "vendor-doc",
    readAsOf: "mirror",
  },
  "AMB-WEBEX": {
    url: "https://help.webexconnect.io/changelog/apple-messages-for-business-compliance-updates",
    kind: "secondary",
    readAsOf: "2026",
  },
  "AMB-INFOBIP": {
    url: "https://www.infobip.com/docs/apple-messages-for-business/message-types",
    kind: "secondary",
  },
  "AMB-SINCH": { url: "https://developers.sinch.com/docs/conversation/channel-support/", kind: "secondary" },
  "VB-API": {
    url: "https://developers.viber.com/docs/api/rest-bot-api/",
    kind: "vendor-doc",
    readAsOf: "API 7.3.0",
  },
  "VB-INFOBIP": { url: "https://www.infobip.com/docs/viber/bots/message-types", kind: "secondary" },
  "VB-SINCH": { url: "https://developers.sinch.com/docs/conversation/channel-support/", kind: "secondary" },
  "TW-MIME": { url: "https://www.twilio.com/docs/sms/accepted-mime-types", kind: "vendor-doc" },
  "TW-LEN": { url: "https://www.twilio.com/docs/glossary/what-sms-character-limit", kind: "vendor-doc" },
  "TW-ERR": { url: "https://www.twilio.com/docs/api/errors", kind: "vendor-doc" },
  "TW-CONTENT": { url: "https://www.twilio.com/docs/content/content-types-overview", kind: "vendor-doc" },
  "TW-SDK": { url: "https://github.com/twilio/twilio-node", kind: "vendor-sdk", readAsOf: "2026-07-30" },
  "AWS-MMS": { url: "https://docs.aws.amazon.com/sms-voice/latest/userguide/", kind: "secondary" },
  "TEAMS-CARD": { url: "https://github.com/MicrosoftDocs/msteams-docs", kind: "vendor-doc" },
  "TEAMS-FMT": {
    url: "https://github.com/MicrosoftDocs/msteams-docs",
    kind: "vendor-doc",
    readAsOf: "2025-03-11",
  },
  "TEAMS-RATE": { url: "https://github.com/MicrosoftDocs/msteams-docs", kind: "vendor-doc" },
  "TEAMS-SUG": {
    url: "https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions",
    kind: "vendor-doc",
  },
  "GEN-SDK": {
    url: "https://github.com/MyPureCloud/platform-client-sdk-javascript",
    kind: "vendor-sdk",
    readAsOf: "2026-08-15",
  },
  "GEN-MOB": {
    url: "https://github.com/MyPureCloud/genesys-messenger-transport-mobile-sdk",
    kind: "vendor-sdk",
    readAsOf: "2026-06-18",
  },
  "GEN-CARD": {
    url: "https://help.mypurecloud.com/articles/work-with-cards-in-bot-conversations/",
    kind: "vendor-doc",
  },
  "GEN-CAR": {
    url: "https://help.mypurecloud.com/articles/work-with-carousels-in-bot-conversations/",
    kind: "vendor-doc",
  },
  "GEN-PROF": {
    url: "https://help.mypurecloud.com/articles/supported-content-profiles/",
    kind: "vendor-doc",
  },
  "SIB-PEERS": { kind: "secondary" },
  BP: { url: "https://github.com/botpress/botpress", kind: "peer-source", readAsOf: "2026-08-19" },
  BF: { url: "https://github.com/microsoft/botbuilder-js", kind: "peer-source", readAsOf: "2025-11-28" },
  "BF-REF": {
    url: "https://learn.microsoft.com/azure/bot-service/bot-service-channels-reference",
    kind: "peer-doc",
  },
  SUNCO: {
    url: "https://github.com/zendesk/sunshine-conversations-api-spec",
    kind: "peer-openapi",
    readAsOf: "2026-06-30",
  },
  CW: { url: "https://github.com/chatwoot/chatwoot", kind: "peer-source" },
  RASA: { url: "https://github.com/RasaHQ/rasa", kind: "peer-source" },
  BOT: { url: "https://github.com/Yoctol/bottender", kind: "peer-source" },
  SINCH: { url: "https://developers.sinch.com/docs/conversation/message-types/", kind: "peer-doc" },
  VONAGE: { url: "https://github.com/Vonage/vonage-node-sdk", kind: "peer-source", readAsOf: "2026-07-17" },
  D365: {
    url: "https://learn.microsoft.com/dynamics365/customer-service/administer/card-support-in-channels",
    kind: "peer-doc",
  },
  NICE: { url: "https://help.nicecxone.com/ (rich messaging fallback)", kind: "peer-doc" },
  NK: { kind: "secondary" },
  GK: { kind: "unverified" },
} as const satisfies Record<string, { url?: string; kind: string; readAsOf?: string }>;

/** The name of a source. */
export type SourceId = keyof typeof sources;
