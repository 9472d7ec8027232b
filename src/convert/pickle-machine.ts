/**
 * The state a pickle program works on: its bytes, a stack with marks, and a memo. Every step that could fail
 * or grow is checked here, so that the opcodes in unpickle.ts are a line each.
 */
import { AppError } from "../core/errors.ts";
import { malformed, quoteName } from "./malformed.ts";
import { kindOf, type PickleDict, type PickleValue } from "./pickle-value.ts";

/** Python's pickler hands over items in batches of 1,000. */
const MAX_STACK = 100_000;

/** Open tuples and dicts within each other; a state dict has five. */
const MAX_MARKS = 64;

/** A tensor takes some ten entries. */
const MAX_MEMO = 400_000;

/** A tensor takes some forty, and no file has 25,000. One byte may ask for a value a hundred times its size. */
const MAX_OPCODES = 1_000_000;

/** Names of modules and functions; also what a hostile one may fill a message with. */
const MAX_LINE = 256;

export class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at = 0;
  #opcodeAt = 0;
  #opcodes = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#file = file;
  }

  /** An `AppError` `malformed-file` that says where in the pickle the machine stands. */
  failure(fact: string): AppError {
    return malformed(this.#file, `${fact} (byte ${this.#opcodeAt} of its pickle)`);
  }

  /** What to throw when the pickle asks for something of Python's that is no part of a tensor. */
  refusal(globalName: string): AppError {
    const fact = `asks for ${quoteName(globalName)}, which is not a tensor: refused`;
    return new AppError("malformed-file", `${this.#file} ${fact}`, { file: this.#file });
  }

  /** Takes the next `count` bytes; returns where they begin. */
  #take(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) {
      throw this.failure("its pickle ends early");
    }
    this.#at = start + count;
    return start;
  }

  opcode(): number {
    this.#opcodeAt = this.#at;
    this.#opcodes += 1;
    if (this.#opcodes > MAX_OPCODES) {
      throw this.failure(`its pickle has more than ${MAX_OPCODES} opcodes`);
    }
    return this.uint8();
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  /** A signed little-endian integer of `count` bytes. */
  integer(count: number): number {
    if (count > 8) {
      throw this.failure(`holds an integer of ${count} bytes`);
    }
    const start = this.#take(count);
    let value = 0n;
    for (let i = count - 1; i >= 0; i--) {
      value = (value << 8n) | BigInt(this.#view.getUint8(start + i));
    }
    value = BigInt.asIntN(8 * count, value);
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
      throw this.failure(`holds the integer ${value}, too large for any tensor`);
    }
    return Number(value);
  }

  /** UTF-8 of `count` bytes. */
  text(count: number): string {
    const start = this.#take(count);
    return this.#decode(start, start + count);
  }

  /** Text up to the next line feed, which is taken too. */
  line(): string {
    const start = this.#at;
    const end = this.#bytes.subarray(start, start + MAX_LINE).indexOf(0x0a);
    if (end < 0) {
      throw this.failure("its pickle has a name without an end");
    }
    this.#take(end + 1);
    return this.#decode(start, start + end);
  }

  #decode(start: number, end: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        this.#bytes.subarray(start, end),
      );
    } catch {
      throw this.failure("its pickle has a text that is not UTF-8");
    }
  }

  /** Frames only group bytes: the length must be in the pickle, and is then of no use. */
  frame(): void {
    const start = this.#take(8);
    if (this.#view.getBigUint64(start, true) > BigInt(this.#bytes.length - this.#at)) {
      throw this.failure("its pickle ends early");
    }
  }

  push(value: PickleValue): void {
    if (this.#stack.length >= MAX_STACK) {
      throw this.failure(`its pickle stacks more than ${MAX_STACK} values`);
    }
    this.#stack.push(value);
  }

  /** What lies under the last mark is out of reach. */
  pop(): PickleValue {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.pop() : undefined;
    if (value === undefined) {
      throw this.#underflow();
    }
    return value;
  }

  #underflow(): AppError {
    return this.failure("its pickle takes a value that is not there");
  }

  popText(): string {
    const value = this.pop();
    if (typeof value !== "string") {
      throw this.failure(`its pickle has a ${kindOf(value)} where a text belongs`);
    }
    return value;
  }

  popTuple(): readonly PickleValue[] {
    const value = this.pop();
    if (value === null || typeof value !== "object" || value.kind !== "tuple") {
      throw this.failure(`its pickle has a ${kindOf(value)} where a tuple belongs`);
    }
    return value.items;
  }

  popDict(): PickleDict {
    const value = this.pop();
    if (value === null || typeof value !== "object" || value.kind !== "dict") {
      throw this.failure(`its pickle has a ${kindOf(value)} where a dict belongs`);
    }
    return value;
  }

  /** The last `count` values, in their order. */
  popMany(count: number): PickleValue[] {
    const start = this.#stack.length - count;
    if (start < (this.#marks.at(-1) ?? 0)) {
      throw this.#underflow();
    }
    return this.#stack.splice(start);
  }

  mark(): void {
    if (this.#marks.length >= MAX_MARKS) {
      throw this.failure(`its pickle nests more than ${MAX_MARKS} values`);
    }
    this.#marks.push(this.#stack.length);
  }

  /** Everything above the last mark, and the mark. */
  popToMark(): PickleValue[] {
    const start = this.#marks.pop();
    if (start === undefined) {
      throw this.failure("its pickle returns to a mark that is not there");
    }
    return this.#stack.splice(start);
  }

  /** Remembers the topmost value under `index`, or under the next free one. */
  remember(index = this.#memo.size): void {
    const value = this.pop();
    this.push(value);
    this.#memo.set(index, value);
    if (this.#memo.size > MAX_MEMO) {
      throw this.failure(`its pickle remembers more than ${MAX_MEMO} values`);
    }
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) {
      throw this.failure("its pickle recalls a value it never remembered");
    }
    this.push(value);
  }

  /** The one value left when the program stops, at its last byte. */
  result(): PickleValue {
    const value = this.pop();
    if (this.#stack.length > 0 || this.#marks.length > 0 || this.#at < this.#bytes.length) {
      throw this.failure("its pickle stops before its end");
    }
    return value;
  }
}
