/**
 * Chat messages, and answers of the usual APIs; see chat-message.ts. Their batches write one answer a line: OpenAI's
 * (https://platform.openai.com/docs/guides/batch) below `response.body`, Anthropic's
 * (https://docs.anthropic.com/en/docs/build-with-claude/batch-processing) below `result`, Gemini's
 * (https://ai.google.dev/gemini-api/docs/batch-api) below `response`.
 */
import {
  isAnswer,
  isMessage,
  joinLanes,
  readConversation,
  readMessage,
  readQuestion,
  type Said,
} from "./chat-message.ts";
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
import { isHeldWhole, isOneQuestion, isReadWhole } from "./read-whole.ts";

/** What a model answered, and what of the row does not say more than that. */
interface Answer {
  readonly said: Said;
  /** Stands in `rest` for the field of the same name. */
  readonly kept?: Fields;
}

interface Found {
  readonly problem: string;
  readonly answers: readonly Answer[];
  /** The fields that the answers hold whole, or keep in part. */
  readonly read: readonly string[];
}

function isReadChoice(choice: unknown): boolean {
  const { message, index: _, ...others }: Fields = isFields(choice) ? choice : {};
  return Object.keys(others).length === 0 && isReadWhole(message);
}

/** Every choice of an answer of OpenAI's API; what else its choice has stays with each. */
function readChoices(choices: readonly unknown[]): Answer[] {
  const read = choices.map((choice) => {
    const message = fieldOf(choice, "message");
    return { choice, said: isFields(message) ? readMessage(message) : undefined };
  });
  const silent = read.filter(({ said }) => said === undefined).map(({ choice }) => choice);
  return read.flatMap(({ choice, said }) => {
    const kept = isReadChoice(choice) ? silent : [choice, ...silent];
    return said === undefined ? [] : [{ said, ...(kept.length === 0 ? {} : { kept: { choices: kept } }) }];
  });
}

/** `output` of OpenAI's Responses API is a list of messages and reasoning items: together one answer. */
function isResponsesOutput(output: unknown): output is readonly unknown[] {
  return Array.isArray(output) && output.some((item) => fieldOf(item, "type") === "message");
}

function readResponsesOutput(output: readonly unknown[]): Answer[] {
  const blocks = output.flatMap((item) => {
    const { content }: Fields = isFields(item) ? item : {};
    return isMessage(item) && Array.isArray(content) ? (content as readonly unknown[]) : [item];
  });
  const said = readMessage({ content: blocks });
  return said === undefined ? [] : [{ said }];
}

/** The parts of a row in which an answer of an API may lie. */
function holdersOf(fields: Fields): readonly Fields[] {
  const { response, result } = fields;
  return [fields, response, fieldOf(response, "body"), fieldOf(result, "message")].filter(isFields);
}

/** The choices of an answer that is part of its row. */
function nestedChoices(fields: Fields): readonly unknown[] | undefined {
  return holdersOf(fields)
    .slice(1)
    .map(({ choices }) => choices)
    .find((choices): choices is unknown[] => Array.isArray(choices));
}

const contentOf = (candidate: unknown) => fieldOf(candidate, "content");

/** The contents of Gemini's answer, one a candidate. */
function geminiContents(fields: Fields): readonly Fields[] {
  const lists = holdersOf(fields).map(({ candidates }) => (Array.isArray(candidates) ? candidates : []));
  const contents = lists.flat().map(contentOf).filter(isMessage);
  return contents.filter(({ parts }) => Array.isArray(parts));
}

/** The message of one result of Anthropic's batches. */
function batchMessage({ result }: Fields): Fields | undefined {
  const message = fieldOf(result, "message");
  return isMessage(message) && isAnswer(message) ? message : undefined;
}

/** A message of Anthropic's API, or one line of a log. */
function readOneMessage(fields: Fields): Found {
  const said = readMessage(fields);
  const names = ["role", "content", "reasoning_content", "reasoning"];
  const message = Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
  return {
    problem: "",
    answers: said === undefined || !isAnswer(fields) ? [] : [{ said }],
    read: isReadWhole(message) ? names : [],
  };
}

function readAnswers({ fields }: Row): Found {
  const { messages, choices, output, request, contents } = fields;
  const asked = [messages, fieldOf(request, "messages"), fieldOf(request, "contents"), contents];
  const before = asked.find((list): list is unknown[] => Array.isArray(list)) ?? [];
  const readQuestions = isOneQuestion(messages) ? ["messages"] : [];
  if (Array.isArray(choices)) {
    const { problem } = fields;
    return {
      problem: readQuestion(before) || (typeof problem === "string" ? problem : ""),
      answers: readChoices(choices),
      read: ["choices", ...readQuestions],
    };
  }
  const nested = nestedChoices(fields);
  if (nested !== undefined) {
    // The response is kept as it came.
    const answers = readChoices(nested).map(({ said }) => ({ said }));
    return { problem: readQuestion(before), answers, read: readQuestions };
  }
  const message = batchMessage(fields);
  const whole = message === undefined ? geminiContents(fields) : [message];
  if (whole.length > 0) {
    const answers = whole.map(readMessage).filter((said) => said !== undefined);
    return { problem: readQuestion(before), answers: answers.map((said) => ({ said })), read: readQuestions };
  }
  if (isResponsesOutput(output)) {
    // Its items have ids and more: all of it is kept.
    return { problem: readQuestion(before), answers: readResponsesOutput(output), read: readQuestions };
  }
  if (!Array.isArray(messages)) {
    return readOneMessage(fields);
  }
  const conversation = readConversation(messages);
  return {
    problem: conversation?.problem ?? "",
    answers: conversation === undefined ? [] : [{ said: conversation.answer }],
    read: isHeldWhole(messages) ? ["messages"] : [],
  };
}

export const chat = {
  id: "chat",
  label: "Chat messages",
  matches: (fields) => {
    const { messages, choices, output } = fields;
    return (
      (Array.isArray(messages) && messages.some(isMessage)) ||
      (Array.isArray(choices) && choices.some((choice) => isFields(fieldOf(choice, "message")))) ||
      nestedChoices(fields) !== undefined ||
      batchMessage(fields) !== undefined ||
      geminiContents(fields).length > 0 ||
      isResponsesOutput(output) ||
      (isMessage(fields) && isAnswer(fields))
    );
  },
  read(row) {
    const { problem, answers, read } = readAnswers(row);
    if (answers.length === 0) {
      throw rowFault("no model says anything in it");
    }
    const { model, custom_id: batchId } = row.fields;
    const generator = holdersOf(row.fields)
      .flatMap(({ model: named, modelVersion }) => [named, modelVersion])
      .find((name) => typeof name === "string");
    const ownId = typeof batchId === "string" ? undefined : readId(row.fields);
    const rest = restOf(row.fields, [
      ...read,
      ...(ownId === undefined ? [] : ["id"]),
      ...(typeof batchId === "string" ? ["custom_id"] : []),
      ...(typeof model === "string" ? ["model"] : []),
    ]);
    return answers.map(({ said: { thinking, text }, kept }, index) =>
      makeRecord(row, {
        id: typeof batchId === "string" ? batchId : ownId,
        suffix: answers.length > 1 ? `answer ${index + 1}` : undefined,
        problem,
        chain: joinLanes(thinking, text),
        generator,
        rest: { ...rest, ...kept },
      }),
    );
  },
} as const satisfies Format;
