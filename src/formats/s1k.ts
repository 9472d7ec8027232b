/**
 * https://huggingface.co/datasets/simplescaling/s1K: `thinking_trajectories` and one `attempt`; s1K-1.1 has a
 * trajectory, an attempt and a grade ("Yes" or "No") by DeepSeek R1 and by Gemini each. Its form for training
 * (data/tokenization.py of https://github.com/simplescaling/s1) is one `text` in the turns of Qwen's chat template.
 */
import * as v from "valibot";
import { joinLanes } from "./chat-message.ts";
import {
  ANSWER,
  type Fields,
  type Format,
  hasFields,
  MAYBE_TEXT,
  makeRecord,
  parseFields,
  type Row,
  readId,
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

const TURN = "<|im_start|>";
const TURN_END = "<|im_end|>";

interface Turns {
  readonly problem: string;
  readonly chain: string;
  /** Whether there are turns of others, as the system's. */
  readonly hasMore: boolean;
}

/** What a turn says: up to its end mark, which the last one may lack. */
function turnText(text: string, role: string): string {
  const end = text.lastIndexOf(TURN_END);
  return text.slice(role.length, end < 0 ? text.length : end).trim();
}

/** The last question and the last answer of a text of turns; undefined for any other text. */
function turnsOf({ text }: Fields): Turns | undefined {
  if (typeof text !== "string" || !text.trimStart().startsWith(TURN)) {
    return undefined;
  }
  const [user, assistant] = [`${TURN}user\n`, `${TURN}assistant\n`];
  const answerAt = text.lastIndexOf(assistant);
  const userAt = text.lastIndexOf(user, answerAt);
  const chain = turnText(text.slice(answerAt), assistant);
  return answerAt < 0 || userAt < 0 || chain === ""
    ? undefined
    : {
        problem: turnText(text.slice(userAt, answerAt), user),
        chain,
        hasMore: text.slice(0, userAt).trim() !== "",
      };
}

function readAttempts(row: Row) {
  const parsed = parseFields(ROW, row.fields);
  const attempts = listAttempts(parsed).filter(({ thinking, response }) => thinking || response);
  if (attempts.length === 0) {
    throw rowFault("it has no trajectory and no attempt");
  }
  const isFirstAll = (parsed.thinking_trajectories ?? []).length <= 1;
  const read = Object.keys(ROW.entries).filter((name) => name !== "thinking_trajectories" || isFirstAll);
  return attempts.map(({ suffix, generator, thinking, response, grade }) =>
    makeRecord(row, {
      suffix,
      problem: parsed.question,
      chain: joinLanes(thinking ?? "", response ?? ""),
      gold: parsed.solution,
      isCorrect: GRADES.get(grade),
      generator,
      rest: restOf(row.fields, read),
    }),
  );
}

const TRAJECTORIES = ["thinking_trajectories", "deepseek_thinking_trajectory", "gemini_thinking_trajectory"];

const hasTrajectory = (fields: Fields) =>
  hasFields(fields, "question") && TRAJECTORIES.some((name) => hasFields(fields, name));

export const s1k = {
  id: "s1k",
  label: "s1K",
  matches: (fields) => hasTrajectory(fields) || turnsOf(fields) !== undefined,
  read(row: Row) {
    if (hasTrajectory(row.fields)) {
      return readAttempts(row);
    }
    const turns = turnsOf(row.fields);
    if (turns === undefined) {
      throw rowFault(`it has neither a trajectory nor a "text" of turns with an answer`);
    }
    const { problem, chain, hasMore } = turns;
    const id = readId(row.fields);
    const rest = restOf(row.fields, [...(hasMore ? [] : ["text"]), ...(id === undefined ? [] : ["id"])]);
    return [makeRecord(row, { id, problem, chain, rest })];
  },
} as const satisfies Format;
