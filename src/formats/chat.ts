/** Chat messages, and answers of the usual APIs; see chat-message.ts. */
import {
  isAnswer,
  isMessage,
  isMoreThanHeld,
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
  restOf,
  rowFault,
} from "./format.ts";

/** Every choice of an answer of OpenAI's API. */
function readChoices(choices: readonly unknown[]): Said[] {
  return choices.flatMap((choice) => {
    const { message }: Fields = isFields(choice) ? choice : {};
    const said = isFields(message) ? readMessage(message) : undefined;
    return said === undefined ? [] : [said];
  });
}

/** `output` of OpenAI's Responses API is a list of messages and reasoning items: together one answer. */
function isResponsesOutput(output: unknown): output is readonly unknown[] {
  return Array.isArray(output) && output.some((item) => fieldOf(item, "type") === "message");
}

function readResponsesOutput(output: readonly unknown[]): Said[] {
  const blocks = output.flatMap((item) => {
    const { content }: Fields = isFields(item) ? item : {};
    return isMessage(item) && Array.isArray(content) ? (content as readonly unknown[]) : [item];
  });
  const said = readMessage({ content: blocks });
  return said === undefined ? [] : [said];
}

interface Found {
  readonly problem: string;
  readonly answers: readonly Said[];
}

function readAnswers({ fields }: Row): Found {
  const { messages, choices, output, request, response } = fields;
  const { messages: asked }: Fields = isFields(request) ? request : {};
  const { choices: nested }: Fields = isFields(response) ? response : {};
  const before = [messages, asked].find((list): list is unknown[] => Array.isArray(list)) ?? [];
  const apart = [choices, nested].find((list): list is unknown[] => Array.isArray(list));
  if (apart !== undefined) {
    const { problem } = fields;
    return {
      problem: readQuestion(before) || (typeof problem === "string" ? problem : ""),
      answers: readChoices(apart),
    };
  }
  if (isResponsesOutput(output)) {
    return { problem: readQuestion(before), answers: readResponsesOutput(output) };
  }
  const conversation = readConversation(Array.isArray(messages) ? messages : [fields]);
  return conversation === undefined
    ? { problem: "", answers: [] }
    : { problem: conversation.problem, answers: [conversation.answer] };
}

const READ = ["choices", "output", "role", "content", "reasoning_content", "reasoning"];

export const chat = {
  id: "chat",
  label: "Chat messages",
  matches: (fields) => {
    const { messages, choices, output, response } = fields;
    const { choices: nested }: Fields = isFields(response) ? response : {};
    return (
      (Array.isArray(messages) && messages.some(isMessage)) ||
      (Array.isArray(choices) && choices.some((choice) => isFields(fieldOf(choice, "message")))) ||
      Array.isArray(nested) ||
      isResponsesOutput(output) ||
      (isMessage(fields) && isAnswer(fields))
    );
  },
  read(row) {
    const { problem, answers } = readAnswers(row);
    if (answers.length === 0) {
      throw rowFault("no model says anything in it");
    }
    const { id, model, messages } = row.fields;
    const held = isMoreThanHeld(messages) ? [] : ["messages"];
    return answers.map(({ thinking, text }, index) =>
      makeRecord(row, {
        id: typeof id === "string" || typeof id === "number" ? id : undefined,
        suffix: answers.length > 1 ? `answer ${index + 1}` : undefined,
        problem,
        chain: joinLanes(thinking, text),
        generator: typeof model === "string" ? model : undefined,
        rest: restOf(row.fields, ["id", "model", ...READ, ...held]),
      }),
    );
  },
} as const satisfies Format;
