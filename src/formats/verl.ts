/**
 * Rollouts of verl (`trainer.rollout_data_dir` and `validation_data_dir`, `_dump_generations` of its ray_trainer.py,
 * https://github.com/volcengine/verl): `input` is the prompt as the tokenizer decodes it, with the roles' names and
 * without the marks around them; `gts` is the reference answer, `score` the reward
 * of the whole answer, `acc` whether it is right, where the reward function says so.
 */
import * as v from "valibot";
import { ANSWER, type Format, hasFields, makeRecord, parseFields, restOf, TEXT } from "./format.ts";

const ROW = v.object({
  input: TEXT,
  output: TEXT,
  gts: v.optional(v.unknown()),
  acc: v.optional(v.unknown()),
});

/** How the user's turn begins and ends in ChatML's templates, once the marks are gone. */
const TURN = "user\n";
const TURN_ENDS = ["\nassistant\n", "\nassistant\n<think>\n"];

const SYSTEM_TURN = "system\n";

/**
 * What the user says in a prompt of one turn; undefined where it is not told from the rest: without their marks the
 * beginning of a turn and a line of the question look the same.
 */
function onlyTurn(prompt: string): string | undefined {
  const end = TURN_ENDS.find((one) => prompt.endsWith(one));
  if (end === undefined) {
    return undefined;
  }
  // A line break before it makes the first turn like any other.
  const turns = `\n${prompt.slice(0, prompt.length - end.length)}`;
  const [before, question, ...more] = turns.split(`\n${TURN}`);
  const isTold = more.length === 0 && (before === "" || before?.startsWith(`\n${SYSTEM_TURN}`) === true);
  return isTold ? question : undefined;
}

export const verl = {
  id: "verl",
  label: "verl rollouts",
  matches: (fields) => hasFields(fields, "input", "output", "score", "step"),
  read(row) {
    const { input, output, gts, acc } = parseFields(ROW, row.fields);
    const question = onlyTurn(input);
    const gold = v.safeParse(ANSWER, gts);
    // A prompt may hold more than its last turn, and a score be more than right or wrong: both are kept.
    const read = [
      "output",
      ...(question === undefined ? ["input"] : []),
      ...(gold.success ? ["gts"] : []),
      ...(typeof acc === "boolean" ? ["acc"] : []),
    ];
    return [
      makeRecord(row, {
        problem: question ?? input,
        chain: output,
        gold: gold.success ? gold.output : undefined,
        isCorrect: typeof acc === "boolean" ? acc : undefined,
        rest: restOf(row.fields, read),
      }),
    ];
  },
} as const satisfies Format;
