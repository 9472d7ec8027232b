import { expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { PassingFailure, type RetryWait, withRetries } from "./retry.ts";

const { signal } = new AbortController();

function failing(times: number, waitAtLeast = 0) {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) {
      throw new PassingFailure(new AppError("download-failed", `no answer, ${left} to come`), waitAtLeast);
    }
    return "answer";
  };
}

it("tells of every wait before it waits, and of none after the last attempt", async () => {
  const waits: RetryWait[] = [];
  const onWait = (wait: RetryWait) => waits.push(wait);
  await expect(withRetries(failing(9), { signal, delays: [0, 1], onWait })).rejects.toThrow("6 to come");
  expect(waits).toEqual([
    { reason: "no answer, 8 to come", delay: 0, attempt: 2, attempts: 3 },
    { reason: "no answer, 7 to come", delay: 1, attempt: 3, attempts: 3 },
  ]);
});

it("tells of the wait that a server asked for where it is longer", async () => {
  const waits: number[] = [];
  const onWait = ({ delay }: RetryWait) => waits.push(delay);
  expect(await withRetries(failing(2, 5), { signal, delays: [0, 7], onWait })).toBe("answer");
  expect(waits).toEqual([5, 7]);
});

it("counts anew after an attempt that got further", async () => {
  const attempts: number[] = [];
  const onWait = ({ attempt }: RetryWait) => attempts.push(attempt);
  let failures = 0;
  const hasAdvanced = () => {
    failures += 1;
    return failures === 3;
  };
  await expect(
    withRetries(failing(9), { signal, delays: [0, 0, 0], onWait, hasAdvanced }),
  ).rejects.toBeDefined();
  expect(attempts).toEqual([2, 3, 2, 3, 4]);
});
