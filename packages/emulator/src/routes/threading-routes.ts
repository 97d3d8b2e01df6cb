import { readThreading, storeThreading } from "../conversations/threading.ts";
import { route } from "../http/route.ts";

const path = "/api/v2/conversations/messaging/threadingtimeline";

/** For how long after its end a conversation goes on when its customer writes. */
export const threadingRoutes = [
  route({
    method: "GET",
    path,
    permissions: { all: ["conversation:threadingTimeline:view"] },
    handle: ({ organisation }) => ({ body: readThreading(organisation) }),
  }),
  route({
    method: "PUT",
    path,
    permissions: { all: ["conversation:threadingTimeline:edit"] },
    body: "ConversationThreadingWindow",
    handle: ({ organisation, body }) => ({ body: storeThreading(organisation, body) }),
  }),
];
