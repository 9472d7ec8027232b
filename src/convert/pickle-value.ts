/** What the pickles of state dicts are made of, once loaded. Plain data: nothing in it can be called. */
import type { Dtype } from "./dtype.ts";

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleTuple
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleStorage
  | PickleTensor;

export interface PickleTuple {
  readonly kind: "tuple";
  readonly items: readonly PickleValue[];
}

export interface PickleList {
  readonly kind: "list";
  readonly items: PickleValue[];
}

/** A dict or an OrderedDict: a `Map`, so that no key means anything to JavaScript. */
export interface PickleDict {
  readonly kind: "dict";
  readonly items: Map<string, PickleValue>;
}

/** A function or class of Python that the reader knows by its full name. */
export interface PickleGlobal {
  readonly kind: "global";
  readonly name: string;
}

/** The bytes of one entry of the archive, `data/<key>`. */
export interface PickleStorage {
  readonly kind: "storage";
  readonly dtype: Dtype;
  readonly key: string;
  /** Elements. */
  readonly length: number;
}

/** A window on a storage. Nothing here has been checked against the storage or the archive. */
export interface PickleTensor {
  readonly kind: "tensor";
  readonly storage: PickleStorage;
  /** Elements, all three. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export function kindOf(value: PickleValue | undefined): string {
  if (value === undefined) {
    return "nothing";
  }
  if (value === null) {
    return "None";
  }
  return typeof value === "object" ? value.kind : typeof value;
}
