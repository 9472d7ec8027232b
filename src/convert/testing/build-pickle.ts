/** An assembler for pickles, and the pickles and archives torch.save writes with it, for tests. */
import { buildZip, type ZipOptions } from "./build-zip.ts";
import { concat, uint, utf8 } from "./byte-strings.ts";

const op = (code: number, ...operands: readonly Uint8Array[]) => concat(Uint8Array.of(code), ...operands);

export const PROTO = op(0x80, uint(2, 1));
export const MARK = op(0x28);
export const STOP = op(0x2e);
export const NONE = op(0x4e);
export const EMPTY_TUPLE = op(0x29);
export const EMPTY_LIST = op(0x5d);
export const EMPTY_DICT = op(0x7d);
export const TUPLE = op(0x74);
export const TUPLE1 = op(0x85);
export const REDUCE = op(0x52);
export const BUILD = op(0x62);
export const SETITEM = op(0x73);
export const SETITEMS = op(0x75);
export const APPENDS = op(0x65);
export const BINPERSID = op(0x51);
export const STACK_GLOBAL = op(0x93);
export const MEMOIZE = op(0x94);
export const NEWFALSE = op(0x89);

export const global = (module: string, name: string) => op(0x63, utf8(`${module}\n${name}\n`));
export const text = (value: string) => op(0x58, uint(utf8(value).length, 4), utf8(value));
export const shortText = (value: string) => op(0x8c, uint(utf8(value).length, 1), utf8(value));
export const int32 = (value: number) => op(0x4a, uint(BigInt.asUintN(32, BigInt(value)), 4));
export const long = (value: bigint) => op(0x8a, uint(8, 1), uint(BigInt.asUintN(64, value), 8));
export const put = (index: number) => op(0x71, uint(index, 1));
export const longPut = (index: number) => op(0x72, uint(index, 4));
export const get = (index: number) => op(0x68, uint(index, 1));
export const protocol4 = (body: Uint8Array) =>
  concat(op(0x80, uint(4, 1)), op(0x95, uint(body.length, 8)), body);
export const tuple = (...items: readonly Uint8Array[]) => concat(MARK, ...items, TUPLE);
export const ORDERED_DICT = concat(global("collections", "OrderedDict"), EMPTY_TUPLE, REDUCE);

export interface TorchTensor {
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  /** `FloatStorage` when left out. */
  readonly storage?: string;
  readonly key: string;
  /** Elements of the storage. */
  readonly length: number;
}

const stridesOf = (shape: readonly number[]) =>
  shape.map((_, i) => shape.slice(i + 1).reduce((product, dimension) => product * dimension, 1));

/** `torch._utils._rebuild_tensor_v2(...)`. */
export function tensor(spec: TorchTensor): Uint8Array {
  const id = tuple(
    text("storage"),
    global("torch", spec.storage ?? "FloatStorage"),
    text(spec.key),
    text("cpu"),
    int32(spec.length),
  );
  const strides = spec.strides ?? stridesOf(spec.shape);
  const args = [concat(id, BINPERSID), int32(spec.offset ?? 0), tuple(...spec.shape.map(int32))];
  return concat(
    global("torch._utils", "_rebuild_tensor_v2"),
    tuple(...args, tuple(...strides.map(int32)), NEWFALSE, ORDERED_DICT),
    REDUCE,
  );
}

/** A pickled OrderedDict of these values, each the opcodes that push one. */
export function dict(items: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const pairs = Object.entries(items).map(([key, value]) => concat(text(key), value));
  return concat(PROTO, ORDERED_DICT, MARK, ...pairs, SETITEMS, STOP);
}

/** A file of torch.save: this pickle, and storages of float32 by key. */
export function buildArchive(
  pickle: Uint8Array,
  storages: Readonly<Record<string, readonly number[]>> = {},
  options: ZipOptions = {},
): Uint8Array {
  const data = Object.entries(storages).map(([key, values]) => ({
    name: `archive/data/${key}`,
    bytes: new Uint8Array(new Float32Array(values).buffer),
    padding: 7,
  }));
  const byteOrder = { name: "archive/byteorder", bytes: utf8("little") };
  return buildZip([{ name: "archive/data.pkl", bytes: pickle }, byteOrder, ...data], options);
}
