import { enumerations } from "../wire/enumerations.ts";

/**
 * An answer in the words of the Bot Connector before the digital one, under the names of `OutgoingMessageRequest`: `replymessages`, values in
 * any case, and quick replies that may leave out a payload that is their text.
 * Source: GitHub GenesysCloudBlueprints/bot-connector-for-ms-power-virtual-agent, `src/Automate_BYOB2MS.py`.
 */
export function readLegacyAnswer({
  replymessages,
  replyMessages = replymessages,
  botState,
  ...rest
}: Record<string, unknown>): Record<string, unknown> {
  return {
    ...rest,
    botState: inItsCase(enumerations.BotState, botState),
    ...(replyMessages === undefined ? {} : { replyMessages: mapItems(replyMessages, readReply) }),
  };
}

function readReply({ type, content, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...rest,
    type: inItsCase(enumerations.MessageType, type),
    ...(content === undefined ? {} : { content: mapItems(content, readElement) }),
  };
}

function readElement(element: Record<string, unknown>): Record<string, unknown> {
  const { quickReply } = element;
  return isRecord(quickReply)
    ? { ...element, quickReply: { payload: quickReply.text, ...quickReply } }
    : element;
}

function inItsCase(values: readonly string[], value: unknown): unknown {
  return values.find((known) => known.toLowerCase() === String(value).toLowerCase()) ?? value;
}

function mapItems(list: unknown, read: (item: Record<string, unknown>) => unknown): unknown {
  return Array.isArray(list) ? list.map((item) => (isRecord(item) ? read(item) : item)) : list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
