/**
 * The globals a pickled state dict may ask for, as torch.save names them, and what calling them means here.
 * A closed list: a name that is not on it is refused where it is read, before anything could use it.
 * https://github.com/pytorch/pytorch/blob/main/torch/_utils.py
 */
import type { Dtype } from "./dtype.ts";
import type { PickleStorage, PickleValue } from "./pickle-value.ts";

const STORAGE_DTYPES: ReadonlyMap<string, Dtype> = new Map([
  ["torch.DoubleStorage", "F64"],
  ["torch.FloatStorage", "F32"],
  ["torch.HalfStorage", "F16"],
  ["torch.BFloat16Storage", "BF16"],
  ["torch.LongStorage", "I64"],
  ["torch.IntStorage", "I32"],
  ["torch.ShortStorage", "I16"],
  ["torch.CharStorage", "I8"],
  ["torch.ByteStorage", "U8"],
  ["torch.BoolStorage", "BOOL"],
]);

type Arguments = readonly PickleValue[];

function numbersOf(value: PickleValue | undefined): readonly number[] | undefined {
  if (value === null || typeof value !== "object" || value.kind !== "tuple") {
    return undefined;
  }
  const { items } = value;
  return items.every((item) => typeof item === "number") ? items : undefined;
}

/** (storage, offset, size, stride, requires_grad, backward_hooks, metadata?) */
function rebuildTensor([storage, offset, size, stride]: Arguments): PickleValue | undefined {
  const shape = numbersOf(size);
  const strides = numbersOf(stride);
  if (
    storage === null ||
    typeof storage !== "object" ||
    storage.kind !== "storage" ||
    typeof offset !== "number" ||
    shape === undefined ||
    strides === undefined
  ) {
    return undefined;
  }
  return { kind: "tensor", storage, offset, shape, strides };
}

/** (data, requires_grad, backward_hooks): a parameter is its data. */
function rebuildParameter([data]: Arguments): PickleValue | undefined {
  return data !== null && typeof data === "object" && data.kind === "tensor" ? data : undefined;
}

/** Dicts in order of insertion are all there is here. */
function createDict(args: Arguments): PickleValue | undefined {
  return args.length === 0 ? { kind: "dict", items: new Map() } : undefined;
}

const FUNCTIONS: ReadonlyMap<string, (args: Arguments) => PickleValue | undefined> = new Map([
  ["collections.OrderedDict", createDict],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_parameter", rebuildParameter],
]);

/** Whether a state dict may ask for this global: `<module>.<name>`. */
export function isTorchGlobal(name: string): boolean {
  return FUNCTIONS.has(name) || STORAGE_DTYPES.has(name);
}

/** The result of a call; `undefined` for what is no function or for arguments torch does not write. */
export function callTorchGlobal(name: string, args: Arguments): PickleValue | undefined {
  return FUNCTIONS.get(name)?.(args);
}

/** The storage behind a persistent id, ("storage", type, key, device, length); `undefined` for any other id. */
export function findStorage(id: PickleValue): PickleStorage | undefined {
  if (id === null || typeof id !== "object" || id.kind !== "tuple" || id.items.length !== 5) {
    return undefined;
  }
  const [tag, type, key, , length] = id.items;
  if (tag !== "storage" || typeof key !== "string" || typeof length !== "number") {
    return undefined;
  }
  if (type === null || typeof type !== "object" || type.kind !== "global") {
    return undefined;
  }
  const dtype = STORAGE_DTYPES.get(type.name);
  return dtype === undefined ? undefined : { kind: "storage", dtype, key, length };
}
