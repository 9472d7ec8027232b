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
import { splitAtStepOne, splitAtTags } from "./step-tags.ts";

const MESSAGE = v.object({ role: TEXT, content: TEXT }, "is not a message");
const ROW = v.object({ conversations: v.array(MESSAGE, "is not a list") });

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
    // Where the first step is not numbered, nothing tells it from the question: the problem stays empty.
    const { before: problem, after } = splitAtStepOne(said[0] ?? "");
    const steps = [after, ...said.slice(1)].map((step) => splitAtTags(step).join(" "));
    return [
      makeRecord(row, {
        problem,
        chain: givenSteps(steps),
        labels,
        firstError: firstErrorOf(labels),
        rest: restOf(row.fields, ["conversations"]),
      }),
    ];
  },
} as const satisfies Format;
