/**
 * A checkpoint's own chat template, rendered within bounds. It is a program that whoever published the checkpoint
 * wrote, and rendering blocks its thread: one that loops for ever could be neither stopped nor told about. So steps
 * are counted, the same on every machine, and what a template adds to the messages has a limit.
 */
import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import * as v from "valibot";
import type { ChatMessage } from "../core/protocols/protocol.ts";

/** Published templates take some hundred steps for a message; this many take less than a second. */
const MAX_STEPS = 200_000;

/** On top of these for each pair of messages: templates look at the list again for every message in it. */
const STEPS_PER_PAIR = 30;

/** A text counts as a step for every so many characters, so that none is doubled for ever. */
const CHARACTERS_PER_STEP = 1000;

/** Published templates add a few thousand characters, most of them instructions for tools. */
const MAX_ADDED_CHARACTERS = 100_000;

/** As transformers.js names them to a template; each may be a text or a token with its properties. */
const SPECIAL_TOKENS = [
  "bos_token",
  "eos_token",
  "unk_token",
  "sep_token",
  "pad_token",
  "cls_token",
  "mask_token",
] as const;
const SpecialToken = v.union([
  v.string(),
  v.pipe(
    v.looseObject({ content: v.string() }),
    v.transform(({ content }) => content),
  ),
]);

type Value = ReturnType<Interpreter["evaluate"]>;

class CountingInterpreter extends Interpreter {
  readonly #limit: number;
  #taken = 0;

  constructor(environment: Environment, limit: number) {
    super(environment);
    this.#limit = limit;
  }

  override evaluate(...args: Parameters<Interpreter["evaluate"]>): Value {
    this.#count(1);
    const value = super.evaluate(...args);
    this.#count(stepsOf(value));
    return value;
  }

  #count(steps: number): void {
    this.#taken += steps;
    if (this.#taken > this.#limit) {
      throw new Error(`it takes more than ${this.#limit.toLocaleString("en-US")} steps`);
    }
  }
}

/** What a value costs whoever goes through it. */
function stepsOf({ value }: Value): number {
  if (typeof value === "string") {
    return value.length / CHARACTERS_PER_STEP;
  }
  return Array.isArray(value) ? value.length : value instanceof Map ? value.size : 0;
}

/** The numbers of Python's `range`; more than there are steps are not even made. */
function range(start: number, stop?: number, step = 1): readonly number[] {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(Math.ceil((end - first) / step), 0);
  if (!(count <= MAX_STEPS)) {
    throw new Error(`it asks for ${count.toLocaleString("en-US")} numbers`);
  }
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/**
 * What templates may name besides the messages. There is no `strftime_now`: rewards must not depend on the day,
 * and templates that know of it fall back to a date of their own.
 */
const GLOBALS = {
  true: true,
  false: false,
  none: null,
  True: true,
  False: false,
  None: null,
  add_generation_prompt: false,
  tools: null,
  documents: null,
  range,
  raise_exception: (message: string) => {
    throw new Error(message);
  },
};

/**
 * @param config Parsed tokenizer_config.json, for the special tokens.
 * @returns Renders messages. Throws plainly what the template raises, and when it goes beyond its bounds.
 */
export function createChatTemplate(
  template: string,
  config: Readonly<Record<string, unknown>>,
): (messages: readonly ChatMessage[]) => string {
  const program = parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true }));
  const specialTokens = SPECIAL_TOKENS.flatMap((name) => {
    const token = v.safeParse(SpecialToken, config[name]);
    return token.success && token.output !== "" ? [[name, token.output] as const] : [];
  });
  return (messages) => {
    const environment = new Environment();
    for (const [name, value] of [
      ...Object.entries(GLOBALS),
      ...specialTokens,
      ["messages", messages] as const,
    ]) {
      environment.set(name, value);
    }
    const limit = MAX_STEPS + STEPS_PER_PAIR * messages.length ** 2;
    const text = String(new CountingInterpreter(environment, limit).run(program).value);
    const given = messages.reduce((sum, { content }) => sum + content.length, 0);
    if (text.length > given + MAX_ADDED_CHARACTERS) {
      throw new Error(`it adds ${(text.length - given).toLocaleString("en-US")} characters to them`);
    }
    return text;
  };
}
