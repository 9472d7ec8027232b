/** Results for people, as tables, and for programs, as JSON. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Ratios } from "./ratios.ts";
import { ratioRows } from "./ratios.ts";
import type { Speed } from "./sessions-bench.ts";

/** What the numbers were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  readonly platform: string;
  /** Load average of the last minute. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

export function printMachine({ processor, cores, memoryBytes, node, loadBefore }: Machine): void {
  const memory = `${Math.round(memoryBytes / 1e9)} GB`;
  console.log(
    `${processor}, ${cores} cores, ${memory}; Node ${node}; load average ${loadBefore.toFixed(1)} before\n`,
  );
}

export function printTable(title: string, rows: object): void {
  console.log(title);
  console.table(rows);
}

export function printSpeeds(title: string, speeds: readonly Speed[]): void {
  printTable(
    title,
    Object.fromEntries(
      speeds.map(({ label, tokens, medianMs, tokensPerSecond, largestRewardError }) => [
        label,
        {
          tokens,
          "median, ms": Math.round(medianMs),
          "tokens/s": Math.round(tokensPerSecond),
          ...(largestRewardError === undefined
            ? {}
            : { "largest reward error": largestRewardError.toFixed(5) }),
        },
      ]),
    ),
  );
}

/** Every number carries how disturbed the machine was: a ratio survives that, a time does not. */
export function printNoise(othersBusy: number): void {
  console.log(`Other processes used ${Math.round(othersBusy * 100)} % of the processors meanwhile.`);
}

export function printRatios(ratios: Ratios): void {
  printTable("Ratios, both sides measured in turn:", ratioRows(ratios));
}

export function writeJson(file: string | undefined, results: object): void {
  if (file !== undefined) {
    writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
    console.log(`Written to ${file}.`);
  }
}
