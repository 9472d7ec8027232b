import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import * as p from "./testing/build-pickle.ts";
import { concat, utf8 } from "./testing/byte-strings.ts";
import { unpickle } from "./unpickle.ts";

const FILE = "reward_head.pt";
const load = (...parts: readonly Uint8Array[]) => unpickle(concat(...parts), FILE);
const run = (...body: readonly Uint8Array[]) => load(p.PROTO, ...body, p.STOP);

const WEIGHT = p.tensor({ shape: [2, 3], key: "0", length: 6 });

describe("loads", () => {
  it("plain values", () => {
    const values = [
      p.NONE,
      p.NEWFALSE,
      p.int32(-7),
      p.long(2n ** 40n),
      p.long(-1n),
      p.text("ä"),
      p.EMPTY_LIST,
    ];
    expect(run(p.tuple(...values))).toEqual({
      kind: "tuple",
      items: [null, false, -7, 2 ** 40, -1, "ä", { kind: "list", items: [] }],
    });
  });

  it("a dict of tensors and parameters, with its metadata", () => {
    const parameter = concat(
      p.global("torch._utils", "_rebuild_parameter"),
      p.tuple(WEIGHT, p.NEWFALSE, p.ORDERED_DICT),
      p.REDUCE,
    );
    const metadata = concat(p.EMPTY_DICT, p.text("_metadata"), p.ORDERED_DICT, p.SETITEM, p.BUILD);
    const pairs = [p.text("weight"), WEIGHT, p.text("__proto__"), parameter];
    const loaded = run(p.ORDERED_DICT, p.MARK, ...pairs, p.SETITEMS, metadata);
    const tensor = {
      kind: "tensor",
      storage: { kind: "storage", dtype: "F32", key: "0", length: 6 },
      offset: 0,
      shape: [2, 3],
      strides: [3, 1],
    };
    expect(loaded).toEqual({
      kind: "dict",
      items: new Map([
        ["weight", tensor],
        ["__proto__", tensor],
      ]),
    });
  });

  it("what was remembered", () => {
    const list = concat(p.EMPTY_LIST, p.longPut(2 ** 31), p.MARK, p.text("a"), p.put(3), p.get(3));
    expect(run(list, Uint8Array.of(0x65))).toEqual({ kind: "list", items: ["a", "a"] });
  });

  it("protocol 4", () => {
    const global = concat(p.shortText("collections"), p.MEMOIZE, p.shortText("OrderedDict"), p.STACK_GLOBAL);
    expect(load(p.protocol4(concat(global, p.MEMOIZE, p.EMPTY_TUPLE, p.REDUCE, p.STOP)))).toEqual({
      kind: "dict",
      items: new Map(),
    });
  });
});

describe("refuses to call", () => {
  const command = concat(p.text("touch /tmp/owned"), p.TUPLE1, p.REDUCE);

  it.each([
    ["os.system", p.global("os", "system")],
    ["posix.system", p.global("posix", "system")],
    ["builtins.eval", p.global("builtins", "eval")],
    ["__builtin__.eval", p.global("__builtin__", "eval")],
    ["torch.load", p.global("torch", "load")],
    [
      "torch._utils._rebuild_tensor_v2.__globals__",
      p.global("torch._utils", "_rebuild_tensor_v2.__globals__"),
    ],
    ["numpy.core.multiarray._reconstruct", p.global("numpy.core.multiarray", "_reconstruct")],
    ["__proto__.constructor", p.global("__proto__", "constructor")],
    ["builtins.eval", concat(p.text("builtins"), p.text("eval"), p.STACK_GLOBAL)],
    ["os.system", concat(p.shortText("os"), p.shortText("system"), p.STACK_GLOBAL)],
  ])("%s", (name, global) => {
    expect(() => run(global, command)).toThrow(
      expect.objectContaining({
        code: "malformed-file",
        message: `reward_head.pt asks for ${name}, which is not a tensor: refused`,
      }),
    );
  });

  it("in protocol 4", () => {
    const body = concat(p.shortText("builtins"), p.MEMOIZE, p.shortText("eval"), p.MEMOIZE, p.STACK_GLOBAL);
    expect(() => load(p.protocol4(concat(body, p.shortText("1"), p.TUPLE1, p.REDUCE, p.STOP)))).toThrow(
      "reward_head.pt asks for builtins.eval, which is not a tensor: refused",
    );
  });

  it("a name that would break the message", () => {
    expect(() => run(p.global("os\u001b[2J", "ä"))).toThrow("reward_head.pt asks for os?[2J.?, which");
  });
});

describe("refuses the opcode", () => {
  it.each([
    ["INST", 0x69],
    ["OBJ", 0x6f],
    ["NEWOBJ", 0x81],
    ["NEWOBJ_EX", 0x92],
    ["EXT1", 0x82],
    ["PERSID", 0x50],
    ["BINFLOAT", 0x47],
    ["STRING", 0x53],
    ["NEXT_BUFFER", 0x97],
    ["BYTEARRAY8", 0x96],
    ["LONG4", 0x8b],
    ["zero", 0x00],
  ])("%s", (_name, code) => {
    const hex = code.toString(16).padStart(2, "0");
    expect(() => run(p.NONE, Uint8Array.of(code))).toThrow(
      expect.objectContaining({
        code: "malformed-file",
        message: `reward_head.pt: its pickle has the opcode 0x${hex}, which torch does not write (byte 3 of its pickle)`,
      }),
    );
  });
});

describe("refuses", () => {
  const od = p.global("collections", "OrderedDict");
  const rebuild = p.global("torch._utils", "_rebuild_tensor_v2");

  it.each([
    ["protocol 0", [Uint8Array.of(0x80, 0)], "has protocol 0, not 2 to 4"],
    ["protocol 5", [Uint8Array.of(0x80, 5)], "has protocol 5, not 2 to 4"],
    ["an empty stack", [p.EMPTY_TUPLE, p.REDUCE], "takes a value that is not there"],
    [
      "a stack under a mark",
      [p.EMPTY_DICT, p.text("a"), p.MARK, p.SETITEM],
      "takes a value that is not there",
    ],
    ["a missing mark", [p.TUPLE], "returns to a mark that is not there"],
    ["a missing memo", [p.get(1)], "recalls a value it never remembered"],
    ["a call of a text", [p.text("os.system"), p.EMPTY_TUPLE, p.REDUCE], "calls a string"],
    ["a call with no tuple", [od, p.EMPTY_LIST, p.REDUCE], "has a list where a tuple belongs"],
    [
      "a call of a storage class",
      [p.global("torch", "FloatStorage"), p.EMPTY_TUPLE, p.REDUCE],
      "in a way torch",
    ],
    [
      "an OrderedDict of something",
      [od, p.NONE, p.TUPLE1, p.REDUCE],
      "calls collections.OrderedDict in a way",
    ],
    [
      "a tensor of nothing",
      [rebuild, p.EMPTY_TUPLE, p.REDUCE],
      "calls torch._utils._rebuild_tensor_v2 in a way",
    ],
    [
      "a parameter of nothing",
      [p.global("torch._utils", "_rebuild_parameter"), p.NONE, p.TUPLE1, p.REDUCE],
      "way",
    ],
    ["a storage that is none", [p.EMPTY_TUPLE, p.BINPERSID], "refers to something that is not a storage"],
    [
      "a storage of a function",
      [p.tuple(p.text("storage"), rebuild, p.text("0"), p.text("cpu"), p.int32(1)), p.BINPERSID],
      "not a storage",
    ],
    ["a global of numbers", [p.int32(1), p.int32(2), p.STACK_GLOBAL], "has a number where a text belongs"],
    ["a key that is no text", [p.EMPTY_DICT, p.NONE, p.NONE, p.SETITEM], "has a None as a key"],
    ["a key without a value", [p.EMPTY_DICT, p.MARK, p.text("a"), p.SETITEMS], "has a key without a value"],
    ["a key twice", [p.EMPTY_DICT, p.MARK, ...Array(4).fill(p.text("a")), p.SETITEMS], "has the key a twice"],
    ["items of a tuple", [p.EMPTY_TUPLE, p.text("a"), p.NONE, p.SETITEM], "has a tuple where a dict belongs"],
    ["appending to a dict", [p.EMPTY_DICT, p.MARK, p.NONE, p.APPENDS], "appends to a dict"],
    ["state of a list", [p.EMPTY_LIST, p.EMPTY_DICT, p.BUILD], "has a list where a dict belongs"],
    ["state that is no dict", [p.EMPTY_DICT, p.NONE, p.BUILD], "has a None where a dict belongs"],
    ["two values", [p.NONE, p.NONE], "stops before its end"],
    ["an open mark", [p.MARK, p.NONE], "stops before its end"],
    ["no value", [], "takes a value that is not there"],
    ["an early end", [p.NONE, p.STOP], "stops before its end"],
    ["a long text", [Uint8Array.of(0x58, 0xff, 0xff, 0xff, 0xff)], "its pickle ends early"],
    ["a text that is not UTF-8", [Uint8Array.of(0x58, 1, 0, 0, 0, 0xff)], "a text that is not UTF-8"],
    ["an integer of 9 bytes", [Uint8Array.of(0x8a, 9), new Uint8Array(9)], "an integer of 9 bytes"],
    ["an integer of 2^60", [p.long(2n ** 60n)], "holds the integer 1152921504606846976, too large"],
    ["an endless name", [Uint8Array.of(0x63), new Uint8Array(2000).fill(97)], "a name without an end"],
    ["a frame beyond the end", [Uint8Array.of(0x95, 0, 0, 0, 0, 0, 0, 32, 0)], "its pickle ends early"],
    ["marks in marks", Array(100).fill(p.MARK), "nests more than 64 values"],
    ["tuples in tuples", [p.NONE, new Uint8Array(1_500_000).fill(0x85)], "has more than 1000000 opcodes"],
    ["a long memory", [p.NONE, new Uint8Array(400_001).fill(0x94)], "remembers more than 400000 values"],
    ["a high stack", [new Uint8Array(200_000).fill(0x4e)], "stacks more than 100000 values"],
  ])("%s", (_what, body, message) => {
    expect(() => run(...body)).toThrow(
      expect.objectContaining({ code: "malformed-file", message: expect.stringContaining(message) }),
    );
  });

  it("what is missing its end", () => {
    const whole = p.dict({ weight: WEIGHT });
    for (let length = 0; length < whole.length; length++) {
      expect(() => load(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "malformed-file" }),
      );
    }
  });
});

it("does not walk a list within itself", () => {
  const loop = run(p.EMPTY_LIST, p.put(0), p.MARK, p.get(0), p.APPENDS);
  expect(loop).toMatchObject({ kind: "list", items: [{ kind: "list" }] });
});

it("ends, whatever it is given", () => {
  const pieces = [
    p.PROTO,
    p.MARK,
    p.NONE,
    p.EMPTY_TUPLE,
    p.EMPTY_DICT,
    p.TUPLE,
    p.REDUCE,
    p.BUILD,
    p.SETITEMS,
  ];
  const piece = fc.oneof(
    fc.constantFrom(...pieces, WEIGHT, p.ORDERED_DICT, p.text("a"), p.put(0), p.get(0), p.BINPERSID, p.STOP),
    fc.uint8Array({ maxLength: 4 }),
    fc.string({ maxLength: 3 }).map(utf8),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      try {
        load(...parts);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: "malformed-file" });
      }
    }),
    { numRuns: 2000 },
  );
});
