import { expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import type { Intake, IntakeProgress } from "../core/intake.ts";
import { openIntake } from "./open-intake.ts";
import { fakeWorker } from "./testing/fake-worker.ts";

const never = new Promise<never>(() => undefined);
const REQUEST = { files: [] };

/** Its workers answer with `read`, and count how many began and ended. */
function open(read: Intake["read"]) {
  const counts = { begun: 0, ended: 0 };
  let crash: () => void = () => undefined;
  const intake = openIntake(() => {
    counts.begun += 1;
    const worker = fakeWorker<Intake>({ read });
    return {
      ...worker,
      addEventListener: ((type: string, listener: (event: unknown) => void) => {
        if (type === "error") {
          crash = () => listener({ message: "out of memory" });
        } else if (type === "message") {
          worker.addEventListener("message", listener);
        }
      }) as typeof worker.addEventListener,
      terminate: () => {
        counts.ended += 1;
        worker.terminate();
      },
    };
  });
  return { intake, counts, crash: () => crash() };
}

function context(signal = new AbortController().signal) {
  const events: IntakeProgress[] = [];
  return { events, signal, emit: (event: IntakeProgress) => events.push(event) };
}

it("reads each time in a thread of its own, which ends with it", async () => {
  const progress = { records: [], bytesDone: 1, bytesTotal: 2 };
  const { intake, counts } = open((_, { emit }) => {
    emit(progress);
    return Promise.resolve([]);
  });
  const ctx = context();
  expect(await intake.read(REQUEST, ctx)).toEqual([]);
  expect(await intake.read(REQUEST, ctx)).toEqual([]);
  expect(ctx.events).toEqual([progress, progress]);
  expect(counts.begun).toBe(2);
  expect(counts.ended).toBe(2);
});

it("ends at once when it is cancelled, whatever the thread is doing", async () => {
  const { intake, counts } = open(() => never);
  const controller = new AbortController();
  const reading = intake.read(REQUEST, context(controller.signal));
  controller.abort();
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  expect(counts.ended).toBeGreaterThan(0);
  await expect(intake.read(REQUEST, context(AbortSignal.abort()))).rejects.toMatchObject({
    code: "cancelled",
  });
});

it("says what was wrong, in the thread's own words", async () => {
  const refusing = open(() =>
    Promise.reject(new AppError("bad-input", "a.json: it is empty", { why: "empty" })),
  );
  await expect(refusing.intake.read(REQUEST, context())).rejects.toMatchObject({
    code: "bad-input",
    details: { why: "empty" },
  });
  const crashing = open(() => never);
  const reading = crashing.intake.read(REQUEST, context());
  crashing.crash();
  await expect(reading).rejects.toMatchObject({ code: "worker-crashed", message: /out of memory/ });
});
