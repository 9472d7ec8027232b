/** What a file format is, and what its readers share: schemas of rows, and the making of records. */
import * as v from "valibot";
import { type ChainRecord, chainLength, MAX_CHAIN_CHARS, type StepLabel } from "../core/chain-record.ts";
import { AppError } from "../core/errors.ts";
import { wordIssue } from "../core/word-issue.ts";
import { ownSteps } from "./own-steps.ts";

/** An object of a file. Any field may be missing or of any type. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Row {
  /** 1-based place in its file. */
  readonly number: number;
  readonly fields: Fields;
  /** The model that wrote the chain, when another part of the file names it. */
  readonly generator?: string;
}

export interface Format {
  /** Stable: written to nothing, but what a menu and a test choose by. */
  readonly id: string;
  readonly label: string;
  /** Whether a row is laid out like this, told by its fields alone. */
  matches(fields: Fields): boolean;
  /**
   * The chains of one row; some layouts hold several.
   * @throws AppError `bad-input` with a message that goes on after "row 17: "
   */
  read(row: Row): readonly ChainRecord[];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of a value that may be no object at all. */
export function fieldOf(value: unknown, name: string): unknown {
  return isFields(value) ? value[name] : undefined;
}

export function hasFields(fields: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => Object.hasOwn(fields, name));
}

export function rowFault(message: string): AppError {
  return new AppError("bad-input", message);
}

// Each message ends a sentence; see `wordIssue`.
export const TEXT = v.string("is not a text");
export const MAYBE_LIST = v.optional(v.nullable(v.array(v.unknown(), "is not a list")));
export const TEXTS = v.array(TEXT, "is not a list");
export const ID = v.optional(v.nullable(v.union([v.string(), v.number()], "is neither a text nor a number")));
export const MAYBE_TEXT = v.optional(v.nullable(TEXT));
/** A reference answer: data sets write numbers as such or as text. */
export const ANSWER = v.optional(
  v.nullable(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], "is neither a text nor a number"),
      v.transform(String),
    ),
  ),
);

/** @throws AppError `bad-input` naming the first field that is not as the schema has it. */
export function parseFields<const S extends v.GenericSchema>(schema: S, fields: Fields): v.InferOutput<S> {
  const result = v.safeParse(schema, fields);
  if (!result.success) {
    throw rowFault(wordIssue(result.issues[0]));
  }
  return result.output;
}

/** A row's own id, where it is one. */
export function readId({ id }: Fields): string | number | undefined {
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/** Every field that was not read. A `__proto__` is left out: whoever copies fields by assignment would be its prey. */
export function restOf(fields: Fields, read: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => name !== "__proto__" && !read.includes(name)),
  );
}

/** A record's parts as a reader has them: what the source leaves out may be undefined or null. */
type Parts = Pick<ChainRecord, "problem" | "chain" | "isProblemInChain"> & {
  readonly id?: string | number | null | undefined;
  /** Tells the chains of one row apart; ends the id. */
  readonly suffix?: string | undefined;
  readonly labels?: readonly (StepLabel | null)[] | undefined;
  readonly firstError?: number | undefined;
  readonly gold?: string | null | undefined;
  readonly isCorrect?: boolean | undefined;
  readonly generator?: string | null | undefined;
  readonly rest: Fields;
};

/** Both go into fields that lay out their text as a whole. */
function refuseLong(parts: Parts): void {
  const limit = MAX_CHAIN_CHARS.toLocaleString("en-US");
  if (chainLength(parts) > MAX_CHAIN_CHARS) {
    throw rowFault(`its chain has more than ${limit} characters`);
  }
  if (parts.problem.length > MAX_CHAIN_CHARS) {
    throw rowFault(`its problem has more than ${limit} characters`);
  }
}

/** @throws AppError `bad-input` for a chain or a problem that is longer than the page can show */
export function makeRecord(row: Row, parts: Parts): ChainRecord {
  refuseLong(parts);
  const { problem, gold, isCorrect, rest, isProblemInChain } = parts;
  const { chain, labels, firstError } = ownSteps(parts);
  const generator = parts.generator ?? row.generator;
  return {
    id: `${parts.id ?? row.number}${parts.suffix === undefined ? "" : ` ${parts.suffix}`}`,
    problem,
    ...(isProblemInChain === undefined ? {} : { isProblemInChain }),
    chain,
    ...(labels === undefined ? {} : { labels }),
    ...(firstError === undefined ? {} : { firstError }),
    ...(gold === undefined || gold === null ? {} : { gold }),
    ...(isCorrect === undefined ? {} : { isCorrect }),
    ...(generator === undefined ? {} : { generator }),
    rest,
  };
}

/** Steps of a data set: all of them response. */
export function givenSteps(steps: readonly string[]): ChainRecord["chain"] {
  return { thinking: [], response: steps };
}
