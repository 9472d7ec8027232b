/**
 * https://huggingface.co/datasets/simplescaling/s1K: `thinking_trajectories` and one `attempt`; s1K-1.1 has a
 * trajectory, an attempt and a grade ("Yes" or "No") by DeepSeek R1 and by Gemini each.
 */
import * as v from "valibot";
import { joinLanes } from "./chat-message.ts";
import {
  ANSWER,
  type Format,
  hasFields,
  MAYBE_TEXT,
  makeRecord,
  parseFields,
  type Row,
  restOf,
  rowFault,
  TEXT,
  TEXTS,
} from "./format.ts";

const ROW = v.object({
  question: TEXT,
  solution: ANSWER,
  attempt: MAYBE_TEXT,
  thinking_trajectories: v.optional(TEXTS),
  deepseek_thinking_trajectory: MAYBE_TEXT,
  deepseek_attempt: MAYBE_TEXT,
  deepseek_grade: MAYBE_TEXT,
  gemini_thinking_trajectory: MAYBE_TEXT,
  gemini_attempt: MAYBE_TEXT,
  gemini_grade: MAYBE_TEXT,
});
const READ = Object.keys(ROW.entries);
const GRADES = new Map<unknown, boolean>([
  ["Yes", true],
  ["No", false],
]);

interface Attempt {
  readonly suffix?: string;
  readonly generator?: string;
  readonly thinking: string | null | undefined;
  readonly response: string | null | undefined;
  readonly grade?: string | null | undefined;
}

function listAttempts(parsed: v.InferOutput<typeof ROW>): Attempt[] {
  const [first] = parsed.thinking_trajectories ?? [];
  return [
    { thinking: first, response: parsed.attempt },
    {
      suffix: "deepseek",
      generator: "DeepSeek-R1",
      thinking: parsed.deepseek_thinking_trajectory,
      response: parsed.deepseek_attempt,
      grade: parsed.deepseek_grade,
    },
    {
      suffix: "gemini",
      generator: "Gemini",
      thinking: parsed.gemini_thinking_trajectory,
      response: parsed.gemini_attempt,
      grade: parsed.gemini_grade,
    },
  ];
}

export const s1k = {
  id: "s1k",
  label: "s1K",
  matches: (fields) =>
    hasFields(fields, "question") &&
    ["thinking_trajectories", "deepseek_thinking_trajectory", "gemini_thinking_trajectory"].some((name) =>
      hasFields(fields, name),
    ),
  read(row: Row) {
    const parsed = parseFields(ROW, row.fields);
    const attempts = listAttempts(parsed).filter(({ thinking, response }) => thinking || response);
    if (attempts.length === 0) {
      throw rowFault("it has no trajectory and no attempt");
    }
    return attempts.map(({ suffix, generator, thinking, response, grade }) =>
      makeRecord(row, {
        suffix,
        problem: parsed.question,
        chain: joinLanes(thinking ?? "", response ?? ""),
        gold: parsed.solution,
        isCorrect: GRADES.get(grade),
        generator,
        rest: restOf(row.fields, READ),
      }),
    );
  },
} as const satisfies Format;
