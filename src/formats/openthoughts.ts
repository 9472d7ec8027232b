/**
 * https://huggingface.co/datasets/open-thoughts/OpenThoughts-114k: conversations with thought and solution marks, or
 * `<think>` in OpenThoughts2 and 3; its `metadata` config has reasoning and solution apart. Other data sets of
 * ShareGPT conversations (`from` and `value`) read the same.
 */
import * as v from "valibot";
import { isMessage, joinLanes, readConversation } from "./chat-message.ts";
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
} from "./format.ts";
import { isHeldWhole } from "./read-whole.ts";

const CONVERSATION = v.object({ conversations: v.array(v.unknown(), "is not a list") });
const METADATA = v.object({
  problem: TEXT,
  deepseek_reasoning: MAYBE_TEXT,
  deepseek_solution: MAYBE_TEXT,
  ground_truth_solution: ANSWER,
});

function readMetadata(row: Row) {
  const parsed = parseFields(METADATA, row.fields);
  return makeRecord(row, {
    problem: parsed.problem,
    chain: joinLanes(parsed.deepseek_reasoning ?? "", parsed.deepseek_solution ?? ""),
    gold: parsed.ground_truth_solution,
    generator: "DeepSeek-R1",
    rest: restOf(row.fields, Object.keys(METADATA.entries)),
  });
}

function readConversations(row: Row) {
  const { conversations } = parseFields(CONVERSATION, row.fields);
  const read = readConversation(conversations);
  if (read === undefined) {
    throw rowFault('its "conversations" have no answer');
  }
  return makeRecord(row, {
    problem: read.problem,
    chain: joinLanes(read.answer.thinking, read.answer.text),
    rest: restOf(row.fields, isHeldWhole(conversations) ? ["conversations"] : []),
  });
}

export const openthoughts = {
  id: "openthoughts",
  label: "OpenThoughts",
  matches: (fields) => {
    const { conversations } = fields;
    const isShareGpt =
      Array.isArray(conversations) && conversations.length > 0 && isMessage(conversations[0]);
    // The answers of preference data stand beside the conversation: what a model says in it came before.
    const isPreference = hasFields(fields, "chosen", "rejected");
    return (isShareGpt && !isPreference) || hasFields(fields, "problem", "deepseek_reasoning");
  },
  read: (row) => [hasFields(row.fields, "conversations") ? readConversations(row) : readMetadata(row)],
} as const satisfies Format;
