import { expect, it } from "vitest";
import type { HubRequest } from "../core/model-library.ts";
import { findJob, type Job, parseJob, requestOf } from "./job-note.ts";

const JOB: Job = {
  repository: "owner/name",
  revision: "5f0c8f7d3b1e4a69a2d07c94b8e6135d2f7a9c01",
  dtype: "q4",
};
const REQUEST: HubRequest = { from: "hub", repository: "owner/name", dtype: "q4" };

function notes(value: unknown) {
  return { read: () => Promise.resolve(value), write: () => Promise.resolve() };
}

it("goes on with the job of the same repository, at the commit it began with", async () => {
  expect(await findJob(notes(JOB), REQUEST)).toEqual(JOB);
  expect(requestOf(JOB)).toEqual({ from: "hub", ...JOB });
});

it("goes on with it when the branch that led to the commit is asked for again", async () => {
  const job = { ...JOB, asked: "v1.0" };
  expect(await findJob(notes(job), { ...REQUEST, revision: "v1.0" })).toEqual(job);
  expect(await findJob(notes(job), { ...REQUEST, revision: JOB.revision })).toEqual(job);
  expect(requestOf(job)).toEqual({ from: "hub", ...JOB });
});

it("goes on with it when the protocol has been named since", async () => {
  expect(await findJob(notes(JOB), { ...REQUEST, protocol: "versaprm" })).toEqual(JOB);
});

it.each([
  ["another repository", { ...REQUEST, repository: "owner/other" }],
  ["another revision", { ...REQUEST, revision: "main" }],
])("does not go on with it for %s", async (_, request) => {
  expect(await findJob(notes(JOB), request)).toBeUndefined();
});

it.each([undefined, null, "x", {}, { ...JOB, revision: 3 }, { ...JOB, dtype: "q3" }])(
  "takes %j for no job",
  (value) => {
    expect(parseJob(value)).toBeUndefined();
  },
);
