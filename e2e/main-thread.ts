/** What the page's main thread was busy with, read from a trace of the browser. */
import { expect } from "@playwright/test";
import * as v from "valibot";

/** Longer tasks let a page drop frames that a person sees. */
export const LONGEST_TASK_MS = 50;
const MICROSECONDS = 1000;

const TraceFile = v.object({
  traceEvents: v.array(
    v.looseObject({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Microseconds of processor time: what a busy machine takes away is not the page's doing. */
      tdur: v.optional(v.number()),
      args: v.optional(v.looseObject({ name: v.optional(v.unknown()) })),
    }),
  ),
});

/** Processor time of each task on the page's main threads, in ms, the longest first. */
export function mainThreadTasks(trace: Buffer): number[] {
  const { traceEvents } = v.parse(TraceFile, JSON.parse(trace.toString("utf8")));
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = traceEvents
    .filter(({ name, pid, tid }) => /RunTask$/.test(name) && threads.has(`${pid}:${tid}`))
    .map(({ tdur = 0 }) => tdur / MICROSECONDS)
    .sort((a, b) => b - a);
  // Where the browser counts no processor time, every task would seem short.
  expect(tasks[0], "processor time of the longest task, in ms").toBeGreaterThan(0);
  return tasks;
}
