import { afterEach, expect, it, vi } from "vitest";
import type { AddProgress } from "../core/model-library.ts";
import { createProgressLine } from "./progress-line.ts";

afterEach(() => vi.restoreAllMocks());

/** What a log gets. */
function logged(events: readonly AddProgress[]): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const tell = createProgressLine();
  events.forEach(tell);
  vi.restoreAllMocks();
  return lines;
}

it("writes a line for every ten percent", () => {
  const events = Array.from({ length: 101 }, (_, done) => ({ phase: "convert", done, total: 100 }) as const);
  expect(logged(events)).toHaveLength(11);
});

it("writes a line for every wait, also when nothing else has happened between two", () => {
  const reason = "owner/name could not be downloaded: no answer from https://huggingface.co";
  const wait = { phase: "wait", reason, attempts: 5 } as const;
  expect(
    logged([
      { ...wait, delay: 1000, attempt: 2 },
      { ...wait, delay: 3999, attempt: 3 },
    ]),
  ).toEqual([`${reason}; trying again in 1 s (2 of 5)\n`, `${reason}; trying again in 4 s (3 of 5)\n`]);
});
