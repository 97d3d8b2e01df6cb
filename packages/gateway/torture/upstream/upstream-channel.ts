import { Pool } from "undici";
import type { ChannelAdapter, ChannelTraits } from "#gateway/channels/channel.ts";
import { timelyDispatch } from "#gateway/channels/timely-dispatch.ts";
import { classifyAnswer } from "#gateway/delivery/classification.ts";
import type { Evidence, Quota, SendOutcome } from "#gateway/delivery/send-outcome.ts";

/** A channel over the upstream stand-in, under the name of the web channel, whose place it takes. */
export function upstreamChannel(url: string, traits: ChannelTraits, connections: number): ChannelAdapter {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const pathOf = (contactId: string) => `/contacts/${contactId}/messages`;
  return {
    name: "web",
    traits,
    async send({ contact, message, signal, isTimely }): Promise<SendOutcome> {
      const text = message.content.type === "text" ? message.content.text : message.metadata?.number;
      const answer = await pool.compose(timelyDispatch(isTimely)).request({
        method: "POST",
        path: pathOf(contact.id),
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id: message.id, text }),
        signal,
      });
      const headers = new Headers(answer.headers as Record<string, string>);
      const quota = quotaOf(headers);
      const outcome = {
        ...classifyAnswer(answer.statusCode, headers, Date.now()),
        ...(quota ? { quota } : {}),
      };
      if (outcome.kind !== "applied") {
        await answer.body.dump();
        return outcome;
      }
      // The status line has said all that matters: the id is welcome, and no more.
      const body = (await answer.body.json().catch(() => ({}))) as { id?: string };
      return body.id === undefined ? outcome : { ...outcome, channelMessageId: body.id };
    },
    async search({ contact, message, signal }): Promise<Evidence> {
      const answer = await pool.request({ method: "GET", path: pathOf(contact.id), signal });
      if (answer.statusCode !== 200) {
        await answer.body.dump();
        return { kind: "unavailable", reason: `The channel answered ${answer.statusCode}.` };
      }
      const { messages } = (await answer.body.json()) as {
        messages: { channelId: string; reference: string }[];
      };
      const found = messages.find(({ reference }) => reference === message.id);
      return found ? { kind: "found", channelMessageId: found.channelId } : { kind: "absent" };
    },
  };
}

function quotaOf(headers: Headers): Quota | undefined {
  const [count, allowed, resetSeconds] = ["count", "allowed", "reset"].map((name) => {
    const value = headers.get(`inin-ratelimit-${name}`);
    return value === null ? undefined : Number(value);
  });
  if (count === undefined || allowed === undefined || resetSeconds === undefined) return undefined;
  return { count, allowed, resetMs: resetSeconds * 1000 };
}
