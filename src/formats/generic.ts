/** A problem and a chain, or a list of steps, or several candidates, under the names that most files use. */
import type { ChainRecord, GivenSteps } from "../core/chain-record.ts";
import { isAnswer, isMessage, joinLanes, readQuestion } from "./chat-message.ts";
import {
  type Fields,
  type Format,
  fieldOf,
  isFields,
  makeRecord,
  type Row,
  readId,
  restOf,
  rowFault,
} from "./format.ts";
import { isOneQuestion } from "./read-whole.ts";

const PROBLEM_NAMES = ["problem", "question", "prompt", "query", "instruction", "input"];
const CHAIN_NAMES = ["chain", "steps", "completion", "completions", "response", "solution", "output", "text"];
const THINKING_NAMES = ["reasoning_content", "reasoning", "thinking"];
/** Lists of whole chains: several attempts at one problem. */
const CANDIDATE_NAMES = ["candidates", "generations", "responses", "outputs", "samples"];
const GOLD_NAMES = ["gold", "ground_truth", "ground_truth_answer", "target", "answer"];
const CORRECT_NAMES = ["is_correct", "correct", "correctness"];
const GENERATOR_NAMES = ["generator", "model"];

/** A chain only where nothing else is: beside a solution it is the reference answer. */
const LAST_CHAIN_NAME = "answer";

type Parts = string | readonly string[];

interface Named<T> {
  readonly name: string;
  readonly value: T;
  /** What of the field the value does not say; stands in `rest` in its place. */
  readonly kept?: unknown;
}

/** A text, or a list of texts (or of `{ text }`), one step each. */
function readParts(value: unknown): Parts | undefined {
  if (typeof value === "string") {
    return value;
  }
  if (!Array.isArray(value)) {
    return undefined;
  }
  const parts = value.map((part: unknown) => (isFields(part) ? fieldOf(part, "text") : part));
  return parts.every((part) => typeof part === "string") ? parts : undefined;
}

/** Whether the texts are all that these parts have. */
function isReadParts(value: unknown): boolean {
  return (
    !Array.isArray(value) || value.every((part: unknown) => !isFields(part) || Object.keys(part).length === 1)
  );
}

/** The names of fields that were read to their last detail, and what is kept of the others. */
function restOfNamed(fields: Fields, id: unknown, named: readonly (Named<unknown> | undefined)[]): Fields {
  const read = named.filter((one) => one !== undefined);
  const kept = read.filter((one) => one.kept !== undefined).map(({ name, kept: value }) => [name, value]);
  const names = [...read.map(({ name }) => name), ...(id === undefined ? [] : ["id"])];
  return { ...restOf(fields, names), ...Object.fromEntries(kept) };
}

function joined(parts: Parts): string {
  return typeof parts === "string" ? parts : parts.join("\n\n");
}

/** The first of these fields that holds a text, or texts. */
function findParts(fields: Fields, names: readonly string[]): Named<Parts> | undefined {
  for (const name of names) {
    const parts = readParts(fields[name]);
    if (parts !== undefined && joined(parts).trim() !== "") {
      // One completion in a list is a whole chain; one entry of `steps` is a step.
      const value = name !== "steps" && parts.length === 1 ? joined(parts) : parts;
      return { name, value, ...(isReadParts(fields[name]) ? {} : { kept: fields[name] }) };
    }
  }
  return undefined;
}

function findProblem(fields: Fields): Named<string> | undefined {
  for (const name of PROBLEM_NAMES) {
    const value = fields[name];
    const isChat = Array.isArray(value) && value.length > 0 && value.every(isMessage);
    const text = isChat ? readQuestion(value) : joined(readParts(value) ?? "");
    if (text.trim() !== "") {
      const isWhole = isChat ? isOneQuestion(value) : isReadParts(value);
      return { name, value: text, ...(isWhole ? {} : { kept: value }) };
    }
  }
  return undefined;
}

interface Candidate {
  readonly text: string;
  /** The whole of it, where it says more than its text. */
  readonly kept?: unknown;
}

function readCandidate(value: unknown): Candidate | undefined {
  if (typeof value === "string") {
    return { text: value };
  }
  const text = isFields(value) ? findParts(value, CHAIN_NAMES)?.value : undefined;
  const isWhole = isFields(value) && Object.values(value).length === 1;
  return typeof text === "string" ? { text, ...(isWhole ? {} : { kept: value }) } : undefined;
}

function findCandidates(fields: Fields): Named<readonly Candidate[]> | undefined {
  for (const name of CANDIDATE_NAMES) {
    const value: unknown = fields[name];
    if (Array.isArray(value) && value.length > 0) {
      const read = value.map(readCandidate).filter((one) => one !== undefined);
      if (read.length === value.length) {
        return { name, value: read };
      }
    }
  }
  return undefined;
}

/**
 * Lists of whole chains under names that are read nowhere: beside one of them an answer is the reference, and no
 * chain. VersaPRM's `chain_of_thoughts` is one.
 */
const UNREAD_CHAINS = /(?:steps|chains?|thoughts?|solutions|trajectories|completions|rationales?)$/i;

function hasUnreadChains(fields: Fields): boolean {
  return Object.entries(fields).some(
    ([name, value]) => Array.isArray(value) && value.length > 0 && UNREAD_CHAINS.test(name),
  );
}

function findChain(fields: Fields): Named<Parts> | undefined {
  const { messages } = fields;
  const hasMessages = Array.isArray(messages) && messages.some((one) => isMessage(one) && isAnswer(one));
  return (
    findParts(fields, CHAIN_NAMES) ??
    (hasMessages || hasUnreadChains(fields) ? undefined : findParts(fields, [LAST_CHAIN_NAME]))
  );
}

/** The chain with the thinking that came apart from it, if some did. */
function compose(response: Parts, apart: Parts | undefined): ChainRecord["chain"] {
  const thinking = joined(response).includes("<think>") ? undefined : apart;
  if (typeof response !== "string" && typeof thinking !== "string") {
    return { thinking: thinking ?? [], response } satisfies GivenSteps;
  }
  return joinLanes(joined(thinking ?? ""), joined(response));
}

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : value === 1 ? true : value === 0 ? false : undefined;
}

function findText(
  fields: Fields,
  names: readonly string[],
  taken: readonly string[],
): Named<string> | undefined {
  const name = names.find((one) => !taken.includes(one) && ["string", "number"].includes(typeof fields[one]));
  return name === undefined ? undefined : { name, value: String(fields[name]) };
}

function readCandidates(row: Row, { name, value }: Named<readonly Candidate[]>): readonly ChainRecord[] {
  const { fields } = row;
  const id = readId(fields);
  const problem = findProblem(fields);
  const gold = findText(fields, GOLD_NAMES, []);
  const correct = CORRECT_NAMES.find((one) => Array.isArray(fields[one]));
  const flags = correct === undefined ? [] : (fields[correct] as readonly unknown[]);
  const rest = restOfNamed(fields, id, [{ name, value }, problem, gold]);
  return value.map(({ text, kept }, index) =>
    makeRecord(row, {
      id,
      suffix: `answer ${index + 1}`,
      problem: problem?.value ?? "",
      chain: text,
      gold: gold?.value,
      isCorrect: readBoolean(flags[index]),
      rest: kept === undefined ? rest : { ...rest, [name]: [kept] },
    }),
  );
}

export const generic = {
  id: "generic",
  label: "Problem and response",
  matches: (fields) => findCandidates(fields) !== undefined || findChain(fields) !== undefined,
  read(row) {
    const { fields } = row;
    const candidates = findCandidates(fields);
    if (candidates !== undefined) {
      return readCandidates(row, candidates);
    }
    const chain = findChain(fields);
    if (chain === undefined) {
      throw rowFault("it has no response, solution, steps or the like");
    }
    const problem = findProblem(fields);
    const apart = findParts(fields, THINKING_NAMES);
    const taken = [chain.name, problem?.name, apart?.name].filter((name) => name !== undefined);
    const gold = findText(fields, GOLD_NAMES, taken);
    const correct = CORRECT_NAMES.find((name) => readBoolean(fields[name]) !== undefined);
    const generator = findText(fields, GENERATOR_NAMES, taken);
    const id = readId(fields);
    const judged = correct === undefined ? undefined : { name: correct, value: fields[correct] };
    return [
      makeRecord(row, {
        id,
        problem: problem?.value ?? "",
        chain: compose(chain.value, apart?.value),
        gold: gold?.value,
        isCorrect: correct === undefined ? undefined : readBoolean(fields[correct]),
        generator: generator?.value,
        rest: restOfNamed(fields, id, [chain, problem, apart, gold, judged, generator]),
      }),
    ];
  },
} as const satisfies Format;
