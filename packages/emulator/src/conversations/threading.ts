import { ApiError } from "../http/api-error.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";

type ThreadingWindow = Wire<"ConversationThreadingWindow">;

/** The one timeline of an organisation. */
const key = "timeline";

const defaultMinutes = limits.threadingMs.value / 60_000;

/** The organisation's timeline; 72 hours for all until it is set. */
export function readThreading({ threadingTimeline }: Organisation): ThreadingWindow {
  return threadingTimeline.get(key) ?? { settings: [], defaultTimeoutMinutes: defaultMinutes };
}

/** @throws ApiError for a time that is none. */
export function storeThreading(
  { threadingTimeline }: Organisation,
  { settings, defaultTimeoutMinutes = defaultMinutes }: ThreadingWindow,
): ThreadingWindow {
  const minutes = [defaultTimeoutMinutes, ...settings.map(({ timeoutInMinutes }) => timeoutInMinutes)];
  if (minutes.some((value) => value < 0 || value > limits.threadingMinutes.value))
    throw new ApiError("bad.request", `A timeout is 0 to ${limits.threadingMinutes.value} minutes.`);
  return threadingTimeline.put(key, { settings, defaultTimeoutMinutes });
}

/** For how many milliseconds after its end an open-messaging conversation is reopened. */
export function threadingMs(organisation: Organisation): number {
  const { settings, defaultTimeoutMinutes = defaultMinutes } = readThreading(organisation);
  const own = settings.find(({ messengerType }) => messengerType === "open");
  return (own?.timeoutInMinutes ?? defaultTimeoutMinutes) * 60_000;
}
