import { type Agent, type AgentParts, createAgent } from "../agent.ts";
import { findConversation } from "../conversations/place.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { AgentRecord } from "../organisation/records.ts";
import { pageOf } from "../routes/page.ts";
import { findFaults } from "../wire/find-faults.ts";
import type { Wire } from "../wire/models.ts";
import { cannedReplies } from "./canned-replies.ts";
import { type ControlRoute, readNumber, readString } from "./control-route.ts";
import type { DeskCustomers } from "./desk-customers.ts";
import { eventStream } from "./event-stream.ts";
import { presentDeskConversation, presentDeskMessage, presentEvent } from "./present-desk.ts";

const conversationPath = "/emulator/conversations/{conversationId}";

/** What an agent sees and does. */
export function deskControls(parts: AgentParts, customers: DeskCustomers): ControlRoute[] {
  return [...sightControls(parts.organisation, customers), ...actionControls(parts)];
}

function sightControls(organisation: Organisation, customers: DeskCustomers): ControlRoute[] {
  const { agents, conversations, messages } = organisation;
  return [
    {
      method: "GET",
      path: "/emulator/agents",
      summary: "the agents",
      handle: () => ({ entities: [...agents.values()] }),
    },
    {
      method: "GET",
      path: "/emulator/conversations",
      summary: "conversations, the latest first; `pageSize`, `pageNumber`",
      handle: ({ query }) => {
        const page = pageOf([...conversations.values()].reverse(), query, "/emulator/conversations");
        return { ...page, entities: page.entities.map((row) => presentDeskConversation(organisation, row)) };
      },
    },
    {
      method: "GET",
      path: conversationPath,
      summary: "a conversation with everything said in it",
      handle: (request) => {
        const conversation = findConversation(organisation, request.param("conversationId"));
        return {
          ...presentDeskConversation(organisation, conversation),
          messages: messages.where("conversationId", conversation.id).map(presentDeskMessage),
        };
      },
    },
    {
      method: "GET",
      path: "/emulator/canned-replies",
      summary: "replies of each kind to play as a bot",
      handle: ({ origin }) => ({ entities: cannedReplies(origin) }),
    },
    {
      method: "GET",
      path: "/emulator/events",
      summary: "`conversation`, `message`, `typing` and `customers` as they happen (server-sent events)",
      handle: () =>
        eventStream([], (send) => {
          const stopEvents = organisation.events.listen((event) => send(presentEvent(organisation, event)));
          const stopCustomers = customers.changes.listen((shown) =>
            send({ event: "customers", data: shown }),
          );
          return () => {
            stopEvents();
            stopCustomers();
          };
        }),
    },
  ];
}

interface AgentAction {
  name: string;
  summary: string;
  act: (agent: Agent, conversationId: string, body: Record<string, unknown>) => unknown;
}

const agentActions: readonly AgentAction[] = [
  {
    name: "answer",
    summary: "take a conversation that alerts, or join one",
    act: (agent, id) => agent.answer(id),
  },
  {
    name: "messages",
    summary: "say `text`",
    act: (agent, id, body) => presentMessage(agent.send(id, readString(body, "text"))),
  },
  {
    name: "files",
    summary: "send a file: `name`, and its bytes as base64 in `data`",
    act: (agent, id, body) => {
      const data = Buffer.from(readString(body, "data"), "base64");
      return presentMessage(agent.sendFile(id, { name: readString(body, "name"), data }));
    },
  },
  {
    name: "bot-messages",
    summary: "have a bot say `reply`, a `ReplyMessage` of any content",
    act: (agent, id, body) => presentMessage(agent.sendAsBot(id, readReply(body.reply))),
  },
  {
    name: "typing",
    summary: "be seen typing, for `durationMs`",
    act: (agent, id, { durationMs = defaultTypingMs }) =>
      agent.typing(id, readNumber({ durationMs }, "durationMs", 0, 60_000)),
  },
  {
    name: "leave",
    summary: "leave; with nobody else there, the conversation is over",
    act: (agent, id) => agent.leave(id),
  },
  {
    name: "disconnect",
    summary: "end the conversation for everyone",
    act: (agent, id) => agent.disconnect(id),
  },
];

const defaultTypingMs = 5000;

/** Without `agentId`, the first agent acts. */
function actionControls(parts: AgentParts): ControlRoute[] {
  const { organisation } = parts;
  return agentActions.map(({ name, summary, act }) => ({
    method: "POST",
    path: `${conversationPath}/${name}`,
    summary,
    handle: ({ param, body }) => {
      const { id } = findConversation(organisation, param("conversationId"));
      return act(createAgent(parts, findAgent(organisation, body.agentId)), id, body);
    },
  }));
}

function findAgent({ agents }: Organisation, id: unknown): AgentRecord {
  const agent = typeof id === "string" ? agents.get(id) : [...agents.values()][0];
  if (agent === undefined) throw notFound("agent");
  return agent;
}

function readReply(value: unknown): Wire<"ReplyMessage"> {
  const [fault] = findFaults("ReplyMessage", value);
  if (fault !== undefined) throw new ApiError("bad.request", `/reply: ${fault.message}`);
  return value as Wire<"ReplyMessage">;
}
