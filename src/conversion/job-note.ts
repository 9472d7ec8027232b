/** What is being made in a workshop, written down before anything is downloaded. */
import * as v from "valibot";
import { Dtype } from "../core/dtypes.ts";
import type { HubRequest } from "../core/model-library.ts";
import type { Notes } from "./workshop.ts";

export const JOB_NOTE = "job.json";

const JobSchema = v.object({
  /** As it was asked for: the Hub may spell it otherwise, or have renamed it. */
  repository: v.pipe(v.string(), v.nonEmpty()),
  /** The commit that the downloads belong to. */
  revision: v.pipe(v.string(), v.nonEmpty()),
  /** The branch or tag that was asked for and led to it. */
  asked: v.optional(v.string()),
  dtype: Dtype,
  protocol: v.optional(v.string()),
});

export type Job = v.InferOutput<typeof JobSchema>;

/** A note that is missing or is not one is no job. */
export function parseJob(value: unknown): Job | undefined {
  const result = v.safeParse(JobSchema, value);
  return result.success ? result.output : undefined;
}

/** The request that would go on with a job. */
export function requestOf({ repository, revision, dtype, protocol }: Job): HubRequest {
  return { from: "hub", repository, revision, dtype, ...(protocol === undefined ? {} : { protocol }) };
}

/**
 * The job left in a workshop whose downloads are those of a request. How they are to be converted does not matter:
 * a protocol may be named after the files turned out not to tell.
 */
export async function findJob(notes: Notes, request: HubRequest): Promise<Job | undefined> {
  const job = parseJob(await notes.read(JOB_NOTE));
  const isSame =
    job !== undefined &&
    job.repository === request.repository &&
    (request.revision === undefined || [job.revision, job.asked].includes(request.revision));
  return isSame ? job : undefined;
}
