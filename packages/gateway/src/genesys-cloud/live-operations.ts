/** How sure a statement about the live platform is, as in the reference that it comes from. */
export type Certainty = "verified" | "seen elsewhere" | "unverified";

/** One thing that the gateway does with Genesys Cloud, and where it works. */
export interface LiveOperation {
  does: string;
  /** The operations of the published API, or webhooks, that it rests on. */
  by: string;
  live: "yes" | "bot connector alone" | "emulator alone";
  certainty: Certainty;
  note: string;
}

/**
 * What works on the live platform, which was never called from here: statements rest on the official SDK
 * (npm `purecloud-platform-client-v2` 262.0.0), its documentation, and answers of the vendor's staff.
 */
export const liveOperations: readonly LiveOperation[] = [
  {
    does: "tell what a customer writes",
    by: "postInboundOpenMessage",
    live: "yes",
    certainty: "verified",
    note: "A message is known by its id and time. Whether the platform passes a second one by is unverified, so it is looked for before it is sent again.",
  },
  {
    does: "tell what pictures and files a customer sends",
    by: "postInboundOpenMessage",
    live: "yes",
    certainty: "verified",
    note: "As one attachment, which the platform fetches where the channel says, or, of WhatsApp, Telegram and LINE, from the gateway at its public URL; in words where the platform refuses it. The address has to be public.",
  },
  {
    does: "tell what a customer taps on a message of Genesys Cloud",
    by: "postInboundOpenStructuredResponse",
    live: "yes",
    certainty: "verified",
    note: "Published since June 2025. After the end of the conversation it is told as text.",
  },
  {
    does: "tell what a customer taps on a program's own message",
    by: "postInboundOpenMessage",
    live: "yes",
    certainty: "verified",
    note: "As text: the platform has no message that it could answer.",
  },
  {
    does: "tell what became of a message",
    by: "postInboundOpenReceipt",
    live: "yes",
    certainty: "verified",
    note: "Agents do not see reasons in the chat; the API shows them. An answer that says `Failed` is seen: the receipt is told twice more where the reason may pass, then passed over with it.",
  },
  {
    does: "tell that a customer types",
    by: "postInboundOpenEvent",
    live: "yes",
    certainty: "verified",
    note: "Off by default in the platform's configuration profile.",
  },
  {
    does: "show what agents write",
    by: "webhook",
    live: "yes",
    certainty: "verified",
    note: "Signed in base64. Six attempts within 85 seconds.",
  },
  {
    does: "show that an agent types",
    by: "webhook",
    live: "yes",
    certainty: "verified",
    note: "Off by default in the platform's configuration profile.",
  },
  {
    does: "show an agent's files",
    by: "webhook",
    live: "yes",
    certainty: "seen elsewhere",
    note: "Captured payloads have them as a text message with one attachment.",
  },
  {
    does: "show a bot's quick replies and carousels",
    by: "webhook",
    live: "yes",
    certainty: "seen elsewhere",
    note: "Needs a configuration profile with these message types; their support was postponed for a time.",
  },
  {
    does: "show a bot's cards",
    by: "webhook",
    live: "yes",
    certainty: "unverified",
    note: "The platform's model has them; no captured payload of Open Messaging does.",
  },
  {
    does: "show date pickers, lists and templates in a simpler form",
    by: "webhook",
    live: "yes",
    certainty: "seen elsewhere",
    note: "Date pickers and templates were captured; lists were not.",
  },
  {
    does: "send a program's rich message to the customer",
    by: "our own channel",
    live: "yes",
    certainty: "verified",
    note: "It goes over the gateway's channel and not through the platform, which has no route for it.",
  },
  {
    does: "put the text of a program's message into the transcript",
    by: "postAgentless",
    live: "yes",
    certainty: "verified",
    note: "Text alone. That it joins a live conversation follows from the field's description.",
  },
  {
    does: "know the echo of that text",
    by: "webhook",
    live: "yes",
    certainty: "verified",
    note: "By a mark at its end, whatever the order of echo and answer.",
  },
  {
    does: "find out what became of a doubtful request",
    by: "getConversation, postMessagesBulk, postConversationsDetailsQuery",
    live: "yes",
    certainty: "unverified",
    note: "The operations are published; how far analytics lags behind is not. A lag longer than the settling time of 30 s can make a customer's first message come twice.",
  },
  {
    does: "notice that a conversation ends or is handed over",
    by: "getConversation",
    live: "yes",
    certainty: "verified",
    note: "By looking, every ten seconds to a minute, within a fifth of the requests.",
  },
  {
    does: "end a conversation when a contact is closed or deleted",
    by: "patchConversation",
    live: "yes",
    certainty: "verified",
    note: "`disconnected` is the one state that can be written.",
  },
  {
    does: "let a flow show quick replies, cards and carousels by the name of a template",
    by: "bot connector",
    live: "bot connector alone",
    certainty: "seen elsewhere",
    note: "The Digital Bot Connector is a preview with a subscription; at most five of them.",
  },
  {
    does: "do so by the legacy Bot Connector",
    by: "bot connector",
    live: "bot connector alone",
    certainty: "seen elsewhere",
    note: "By the field names of the vendor's blueprint. Whether a flow can pass parameters by it is unverified, so the bot's id may be the template's name.",
  },
  {
    does: "have an agent send a card from the desk",
    by: "no route",
    live: "emulator alone",
    certainty: "verified",
    note: "The platform's agents send text and files; bots send the rest.",
  },
];
