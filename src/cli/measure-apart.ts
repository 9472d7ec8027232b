/**
 * Scores the canary in a process of its own, by a hidden command of this command line. Manifest in, answer out, both
 * as JSON over its standard streams; an error of its own is part of the answer, so that it is told once.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { AppError, ERROR_CODES, fromWire, throwIfAborted, toWire } from "../core/errors.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import { cpuCandidate } from "./node-host.ts";

/** The built command is one file, this module included. */
const OWN_COMMAND: readonly string[] = [fileURLToPath(import.meta.url), "measure"];

const Answer = v.union([
  v.object({ rewards: v.array(v.number()) }),
  v.object({
    error: v.object({
      code: v.picklist(ERROR_CODES),
      message: v.string(),
      details: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
    }),
  }),
]);

/** What the other process writes of its work. */
export async function answerOf(work: () => Promise<readonly number[]>): Promise<string> {
  let answer: v.InferInput<typeof Answer>;
  try {
    answer = { rewards: [...(await work())] };
  } catch (thrown) {
    answer = { error: toWire(thrown) };
  }
  return JSON.stringify(answer);
}

/**
 * @param command What Node is to run, the folder to be added.
 * @throws AppError what scoring threw there; `out-of-memory` when the process was killed; `internal` when it ended
 *   without an answer; `cancelled`, with the process ended.
 */
export async function measureApart(
  folder: string,
  draft: ModelManifest,
  { signal, emit }: CallContext<DeviceInfo>,
  command = OWN_COMMAND,
): Promise<readonly number[]> {
  throwIfAborted(signal);
  emit(cpuCandidate().info);
  const child = spawn(process.execPath, [...command, folder], { signal, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(signal.aborted ? new AppError("cancelled", "stopped", {}, cause) : AppError.from(cause)),
    );
    child.on("exit", (code, killedBy) => {
      if (code === 0) {
        resolve();
      } else if (killedBy === null) {
        reject(new AppError("internal", `the converted model could not be scored: exit code ${code}`));
      } else {
        reject(new AppError("out-of-memory", `scoring the converted model was ended by ${killedBy}`));
      }
    });
  });
  ended.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(draft));
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    text += chunk;
  }
  await ended;
  return rewardsOf(text);
}

function rewardsOf(text: string): readonly number[] {
  let answer: v.InferOutput<typeof Answer>;
  try {
    answer = v.parse(Answer, JSON.parse(text));
  } catch (cause) {
    throw new AppError("internal", "the converted model was scored without an answer", {}, cause);
  }
  if ("error" in answer) {
    throw fromWire(answer.error);
  }
  return answer.rewards;
}
