/**
 * Measurements that are compared are taken in turn, round by round, and the order rotates: a machine that gets
 * slower for a while slows all of them.
 */
import { cpus } from "node:os";
import type { Milliseconds } from "../../src/core/units.ts";

export interface Job {
  readonly name: string;
  /** Does the work once and tells how long it took. */
  run(): Promise<Milliseconds>;
  /** Rounds it takes part in, at most; absent: all. */
  readonly rounds?: number;
}

export interface Measured {
  readonly median: Milliseconds;
  /** Every repetition, in order. */
  readonly runs: readonly Milliseconds[];
}

/** Measured times by the name of their job. */
export type Times = (name: string) => Measured;

export async function inRounds(jobs: readonly Job[], rounds: number): Promise<Times> {
  const times = new Map<string, Milliseconds[]>(jobs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}…\n`);
    const start = round % jobs.length;
    for (const { name, run, rounds: own = rounds } of [...jobs.slice(start), ...jobs.slice(0, start)]) {
      if (round < own) {
        times.get(name)?.push(await run());
      }
    }
  }
  return (name) => {
    const runs = times.get(name);
    if (runs === undefined) {
      throw new Error(`nothing called "${name}" was measured`);
    }
    return { median: medianOf(runs), runs };
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * Watches how busy the machine is.
 * @returns A function that says which part of its processors was in use since, this process left out.
 */
export function watchOthers(): () => number {
  const busyAt = cpuTimes();
  const ownAt = process.cpuUsage();
  return () => {
    const now = cpuTimes();
    const { user, system } = process.cpuUsage(ownAt);
    return Math.max(0, now.busy - busyAt.busy - (user + system) / 1e3) / (now.all - busyAt.all);
  };
}

/** Milliseconds of all processors since the machine started. */
function cpuTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all };
}
