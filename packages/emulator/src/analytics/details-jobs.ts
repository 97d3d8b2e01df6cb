import { ApiError, notFound } from "../http/api-error.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { AnalyticsJobRecord } from "../organisation/records.ts";
import { readNumber } from "../routes/page.ts";
import type { Wire } from "../wire/models.ts";
import type { detailOf } from "./conversation-detail.ts";
import { findDetails } from "./query-details.ts";

/** How long a job takes. */
const jobMs = 1000;

/** Takes a query to answer after a while. @throws ApiError for one that cannot be answered */
export function startJob(
  organisation: Organisation,
  query: Wire<"AsyncConversationQuery">,
): AnalyticsJobRecord {
  findDetails(organisation, query);
  const id = organisation.chance.uuid();
  return organisation.analyticsJobs.put(id, { id, query, submittedAt: organisation.clock.now() });
}

/** A job that is still known. @throws ApiError 404 */
export function findJob({ analyticsJobs, clock }: Organisation, id: string | undefined): AnalyticsJobRecord {
  const job = analyticsJobs.get(id ?? "");
  if (job === undefined || job.submittedAt + limits.analyticsJobMs.value <= clock.now())
    throw notFound("job");
  return job;
}

/** `AsyncQueryStatus` of a job. */
export function statusOf({ clock }: Organisation, { submittedAt }: AnalyticsJobRecord) {
  const completedAt = submittedAt + jobMs;
  const isDone = completedAt <= clock.now();
  return {
    state: isDone ? "FULFILLED" : "PENDING",
    submissionDate: toDate(submittedAt),
    ...(isDone ? { completionDate: toDate(completedAt) } : {}),
    expirationDate: toDate(submittedAt + limits.analyticsJobMs.value),
  };
}

/** A page of what a job found, with participants' attributes; its cursor, where there is more, leads on. @throws ApiError before the job is done */
export function resultsOf(organisation: Organisation, job: AnalyticsJobRecord, query: URLSearchParams) {
  if (statusOf(organisation, job).state !== "FULFILLED")
    throw new ApiError("bad.request", "The job is not done: wait until its state is FULFILLED.");
  const most = limits.analyticsJobPage.value;
  const start = readNumber(query, "cursor", { unless: 0, least: 0, most: Number.MAX_SAFE_INTEGER });
  const end = start + readNumber(query, "pageSize", { unless: most, least: 1, most });
  const submissionDate = toDate(job.submittedAt);
  const found = findDetails(organisation, job.query)
    .filter(({ detail }) => detail.conversationStart <= submissionDate)
    .slice(0, job.query.limit);
  return {
    conversations: found.slice(start, end).map(({ detail }) => withAttributes(organisation, detail)),
    ...(end < found.length ? { cursor: String(end) } : {}),
    dataAvailabilityDate: submissionDate,
  };
}

function withAttributes({ conversations }: Organisation, detail: ReturnType<typeof detailOf>) {
  const known = conversations.get(detail.conversationId)?.participants ?? [];
  const participants = detail.participants.map((participant) => ({
    ...participant,
    attributes: known.find(({ id }) => id === participant.participantId)?.attributes ?? {},
  }));
  return { ...detail, participants };
}

function toDate(moment: number): string {
  return new Date(moment).toISOString();
}
