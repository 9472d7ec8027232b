/**
 * A pickle is a program, and Python's own reader runs whatever it asks for. This one knows the opcodes and the
 * globals that torch.save uses for a dict of tensors, and builds plain data from them; the rest is refused.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
import { quoteName } from "./malformed.ts";
import { PickleMachine } from "./pickle-machine.ts";
import { kindOf, type PickleDict, type PickleList, type PickleValue } from "./pickle-value.ts";
import { callTorchGlobal, findStorage, isTorchGlobal } from "./torch-globals.ts";

/** torch.save writes protocol 2; a caller may ask for a later one. */
const MIN_PROTOCOL = 2;
const MAX_PROTOCOL = 4;

const STOP = 0x2e;

type Opcode = (machine: PickleMachine) => void;

function checkProtocol(m: PickleMachine): void {
  const protocol = m.uint8();
  if (protocol < MIN_PROTOCOL || protocol > MAX_PROTOCOL) {
    throw m.failure(`its pickle has protocol ${protocol}, not ${MIN_PROTOCOL} to ${MAX_PROTOCOL}`);
  }
}

function pushGlobal(m: PickleMachine, module: string, name: string): void {
  const fullName = `${module}.${name}`;
  if (!isTorchGlobal(fullName)) {
    throw m.refusal(fullName);
  }
  m.push({ kind: "global", name: fullName });
}

function pushStackGlobal(m: PickleMachine): void {
  const name = m.popText();
  pushGlobal(m, m.popText(), name);
}

function pushTuple(m: PickleMachine, items: readonly PickleValue[]): void {
  m.push({ kind: "tuple", items });
}

function reduce(m: PickleMachine): void {
  const args = m.popTuple();
  const callee = m.pop();
  if (callee === null || typeof callee !== "object" || callee.kind !== "global") {
    throw m.failure(`its pickle calls a ${kindOf(callee)}`);
  }
  const value = callTorchGlobal(callee.name, args);
  if (value === undefined) {
    throw m.failure(`its pickle calls ${callee.name} in a way torch does not`);
  }
  m.push(value);
}

function pushStorage(m: PickleMachine): void {
  const storage = findStorage(m.pop());
  if (storage === undefined) {
    throw m.failure("its pickle refers to something that is not a storage");
  }
  m.push(storage);
}

function setItems(m: PickleMachine, items: readonly PickleValue[]): void {
  const dict = m.popDict();
  if (items.length % 2 !== 0) {
    throw m.failure("its pickle has a key without a value");
  }
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    const value = items[i + 1];
    if (typeof key !== "string" || value === undefined) {
      throw m.failure(`its pickle has a ${kindOf(key)} as a key`);
    }
    if (dict.items.has(key)) {
      throw m.failure(`its pickle has the key ${quoteName(key)} twice`);
    }
    dict.items.set(key, value);
  }
  m.push(dict);
}

function append(m: PickleMachine, items: readonly PickleValue[]): void {
  const list = m.pop();
  if (list === null || typeof list !== "object" || list.kind !== "list") {
    throw m.failure(`its pickle appends to a ${kindOf(list)}`);
  }
  for (const item of items) {
    list.items.push(item);
  }
  m.push(list);
}

/** torch hangs `_metadata`, the versions of its modules, on the dict: read past. */
function build(m: PickleMachine): void {
  m.popDict();
  m.push(m.popDict());
}

const OPCODES: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x80, checkProtocol], // PROTO
  [0x95, (m) => m.frame()], // FRAME
  [0x28, (m) => m.mark()], // MARK
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.int32())], // BININT
  [0x4b, (m) => m.push(m.uint8())], // BININT1
  [0x4d, (m) => m.push(m.uint16())], // BININT2
  [0x8a, (m) => m.push(m.integer(m.uint8()))], // LONG1
  [0x58, (m) => m.push(m.text(m.uint32()))], // BINUNICODE
  [0x8c, (m) => m.push(m.text(m.uint8()))], // SHORT_BINUNICODE
  [0x29, (m) => pushTuple(m, [])], // EMPTY_TUPLE
  [0x85, (m) => pushTuple(m, m.popMany(1))], // TUPLE1
  [0x86, (m) => pushTuple(m, m.popMany(2))], // TUPLE2
  [0x87, (m) => pushTuple(m, m.popMany(3))], // TUPLE3
  [0x74, (m) => pushTuple(m, m.popToMark())], // TUPLE
  [0x5d, (m) => m.push({ kind: "list", items: [] } satisfies PickleList)], // EMPTY_LIST
  [0x61, (m) => append(m, m.popMany(1))], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push({ kind: "dict", items: new Map() } satisfies PickleDict)], // EMPTY_DICT
  [0x73, (m) => setItems(m, m.popMany(2))], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
  [0x71, (m) => m.remember(m.uint8())], // BINPUT
  [0x72, (m) => m.remember(m.uint32())], // LONG_BINPUT
  [0x94, (m) => m.remember()], // MEMOIZE
  [0x68, (m) => m.recall(m.uint8())], // BINGET
  [0x6a, (m) => m.recall(m.uint32())], // LONG_BINGET
  [0x63, (m) => pushGlobal(m, m.line(), m.line())], // GLOBAL
  [0x93, (m) => pushStackGlobal(m)], // STACK_GLOBAL
  [0x51, pushStorage], // BINPERSID
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
]);

/**
 * Loads a pickle made of dicts, lists, tuples, texts, whole numbers, `None`, booleans and tensors.
 * Nothing is called and nothing is allocated beyond what the bytes spell out.
 * @throws AppError `malformed-file`: for any other global, with its full name; for any other opcode, with its
 * byte and offset; for a damaged program.
 */
export function unpickle(bytes: Uint8Array, file: string): PickleValue {
  const machine = new PickleMachine(bytes, file);
  for (;;) {
    const opcode = machine.opcode();
    if (opcode === STOP) {
      return machine.result();
    }
    const step = OPCODES.get(opcode);
    if (step === undefined) {
      throw machine.failure(
        `its pickle has the opcode 0x${opcode.toString(16).padStart(2, "0")}, which torch does not write`,
      );
    }
    step(machine);
  }
}
