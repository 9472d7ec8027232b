/**
 * https://github.com/RLHFlow/RLHF-Reward-Modeling/tree/main/math-rm: a conversation in which the user says the
 * steps (the first after the question) and the assistant answers `+` or `-`.
 */
import * as v from "valibot";
import {
  type Fields,
  type Format,
  givenSteps,
  isFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
} from "./format.ts";
import { firstErrorOf, MARKS } from "./labels.ts";
import { STEP_ONE, splitAtStepOne, splitAtTags } from "./step-tags.ts";

const MESSAGE = v.looseObject({ role: TEXT, content: TEXT }, "is not a message");
const ROW = v.object({ conversations: v.array(MESSAGE, "is not a list") });
type Message = v.InferOutput<typeof MESSAGE>;

const BREAK = "\n\n";

/**
 * The question and the first step, which the source runs together: "Step 1:" tells them apart, or the only blank
 * line there is. Where neither does, the question is undefined.
 */
function splitFirst(text: string): { readonly question: string | undefined; readonly step: string } {
  const { before, after } = splitAtStepOne(text);
  if (before !== "" || text.trimStart().startsWith(STEP_ONE)) {
    return { question: before, step: after };
  }
  const [question = "", step = "", ...others] = text.split(BREAK);
  const isTold = others.length === 0 && question.trim() !== "" && step.trim() !== "";
  return isTold ? { question: question.trim(), step } : { question: undefined, step: text };
}

/** Whether a step's text or a mark is all that a message has. */
function isRead({ role, content, ...others }: Message): boolean {
  const isKnown = role === "user" || (role === "assistant" && MARKS.has(content.trim()));
  return isKnown && Object.keys(others).length === 0;
}

export const rlhflow = {
  id: "rlhflow",
  label: "RLHFlow conversations",
  matches({ conversations }) {
    const second: unknown = Array.isArray(conversations) ? conversations[1] : undefined;
    const { content }: Fields = isFields(second) ? second : {};
    return typeof content === "string" && MARKS.has(content.trim());
  },
  read(row) {
    const { conversations } = parseFields(ROW, row.fields);
    const said = conversations.filter(({ role }) => role === "user").map(({ content }) => content);
    const labels = conversations
      .filter(({ role }) => role === "assistant")
      .map(({ content }) => MARKS.get(content.trim()) ?? null);
    if (said.length === 0 || said.length !== labels.length) {
      throw rowFault(`its "conversations" have ${said.length} steps and ${labels.length} answers`);
    }
    const { question, step } = splitFirst(said[0] ?? "");
    const steps = [step, ...said.slice(1)].map((one) => splitAtTags(one).join(" "));
    return [
      makeRecord(row, {
        problem: question ?? "",
        ...(question === undefined ? { isProblemInChain: true } : {}),
        chain: givenSteps(steps),
        labels,
        firstError: firstErrorOf(labels),
        rest: restOf(row.fields, conversations.every(isRead) ? ["conversations"] : []),
      }),
    ];
  },
} as const satisfies Format;
