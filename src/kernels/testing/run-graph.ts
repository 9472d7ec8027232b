/** Graphs on ONNX Runtime's WebAssembly backend, fed chunk by chunk with a cache of either layout. */
import * as runtime from "onnxruntime-web";
import { assertDefined } from "../../core/assert.ts";
import { cacheShapeOf } from "../cache-shape.ts";
import type { CacheShape, KernelSet } from "../kernel-set.ts";
import type { TestModel } from "./converted-models.ts";

// More would not make small products faster, and one gives the same sums every time.
runtime.env.wasm.numThreads = 1;

/** Runs tokens in chunks of these sizes; gives the logits of all, flat. */
export type RunChunks = (ids: readonly number[], chunks: readonly number[]) => Promise<Float32Array>;

type Feeds = Record<string, runtime.Tensor>;

const int64 = (values: readonly number[], dims: readonly number[] = [1, values.length]) =>
  new runtime.Tensor("int64", BigInt64Array.from(values, BigInt), dims);

const sides = ({ layers }: CacheShape) =>
  Array.from({ length: layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();

/** One side's keys or values of all tokens so far. */
interface OwnedCache {
  readonly tensor: runtime.Tensor;
  append(rows: runtime.Tensor, tokens: number): void;
}

function expectDims({ dims }: runtime.Tensor, expected: readonly number[]): void {
  if (dims.join() !== expected.join()) {
    throw new Error(`present is [${dims}], not [${expected}]`);
  }
}

class TokenMajorCache implements OwnedCache {
  readonly #shape: CacheShape;
  #rows: runtime.Tensor;

  constructor(shape: CacheShape) {
    this.#shape = shape;
    const none = shape.type === "float32" ? new Float32Array() : new Uint16Array();
    this.#rows = new runtime.Tensor(shape.type, none, [1, 0, shape.kvHeads, shape.headDim]);
  }

  get tensor(): runtime.Tensor {
    return this.#rows;
  }

  append(rows: runtime.Tensor, tokens: number): void {
    const { data } = rows;
    const { kvHeads, headDim, type } = this.#shape;
    expectDims(rows, [1, tokens, kvHeads, headDim]);
    const old = this.#rows;
    // Only the type of the elements differs, and both sides have the same.
    const make = data.constructor as new (length: number) => Float32Array;
    const joined = new make(old.size + data.length);
    joined.set(old.data as Float32Array);
    joined.set(data as Float32Array, old.size);
    this.#rows = new runtime.Tensor(type, joined, [1, (old.dims[1] ?? 0) + tokens, kvHeads, headDim]);
  }
}

class HeadMajorCache implements OwnedCache {
  readonly tensor: runtime.Tensor;
  readonly #shape: CacheShape;
  readonly #capacity: number;
  #length = 0;

  constructor(shape: CacheShape, capacity: number) {
    this.#shape = shape;
    this.#capacity = capacity;
    const { type, kvHeads, headDim } = shape;
    const count = kvHeads * capacity * headDim;
    const data = type === "float32" ? new Float32Array(count) : new Uint16Array(count);
    this.tensor = new runtime.Tensor(type, data, [1, kvHeads, capacity, headDim]);
  }

  append(rows: runtime.Tensor, tokens: number): void {
    const { kvHeads, headDim } = this.#shape;
    expectDims(rows, [1, kvHeads, tokens, headDim]);
    const [from, to] = [rows.data as Float32Array, this.tensor.data as Float32Array];
    for (let head = 0; head < kvHeads; head += 1) {
      const own = from.subarray(head * tokens * headDim, (head + 1) * tokens * headDim);
      to.set(own, (head * this.#capacity + this.#length) * headDim);
    }
    this.#length += tokens;
  }
}

async function open(
  graph: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  extra: KernelSet["sessionExtra"] = {},
) {
  return runtime.InferenceSession.create(graph, {
    executionProviders: ["wasm"],
    externalData: [...files].map(([path, data]) => ({ path, data })),
    extra,
    // Unused weights of changed graphs are warned of.
    logSeverityLevel: 3,
  });
}

function inputs(session: runtime.InferenceSession, ids: readonly number[], before: number): Feeds {
  const feeds = {
    input_ids: int64(ids),
    attention_mask: int64(new Array<number>(before + ids.length).fill(1)),
    next_ids: int64(ids),
    step_positions: int64(
      ids.map((_, index) => index),
      [ids.length],
    ),
  };
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
}

function logitsOf({ logits }: Feeds): Float32Array {
  if (!(logits?.data instanceof Float32Array)) {
    throw new Error("no float32 logits");
  }
  return logits.data;
}

/** Calls back for every chunk and joins the logits. */
async function inChunks(
  ids: readonly number[],
  chunks: readonly number[],
  run: (chunk: readonly number[], before: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const logits: number[] = [];
  let before = 0;
  for (const size of chunks) {
    logits.push(...(await run(ids.slice(before, before + size), before)));
    before += size;
  }
  return Float32Array.from(logits);
}

/** The graph as it is stored, whose cache is `[1, heads, tokens, size]` and comes back whole. */
export async function openStored({ graph, files }: TestModel): Promise<RunChunks> {
  const session = await open(graph, files);
  const shape = cacheShapeOf(graph);
  return (ids, chunks) => {
    let past: Feeds = {};
    for (const side of sides(shape)) {
      const none = shape.type === "float32" ? new Float32Array() : new Uint16Array();
      const dims = [1, shape.kvHeads, 0, shape.headDim];
      past[`past_key_values.${side}`] = new runtime.Tensor(shape.type, none, dims);
    }
    return inChunks(ids, chunks, async (chunk, before) => {
      const outputs = await session.run({ ...inputs(session, chunk, before), ...past });
      const present = sides(shape).map((side) => [`past_key_values.${side}`, outputs[`present.${side}`]]);
      past = Object.fromEntries(present);
      return logitsOf(outputs);
    });
  };
}

/** The graph rewritten to a set of kernels. */
export async function openRewritten(model: TestModel, set: KernelSet): Promise<RunChunks> {
  const { graph, added } = await set.rewrite(model);
  const cache = cacheShapeOf(model.graph);
  const files = new Map(model.files);
  if (added !== undefined) {
    files.set(added.location, new Uint8Array(await added.data.arrayBuffer()));
  }
  const session = await open(graph, files, set.sessionExtra);
  return (ids, chunks) => {
    const create = (): OwnedCache =>
      set.cacheLayout === "token-major" ? new TokenMajorCache(cache) : new HeadMajorCache(cache, ids.length);
    const owned = new Map(sides(cache).map((side) => [side, create()]));
    return inChunks(ids, chunks, async (chunk, before) => {
      const past = [...owned].map(([side, { tensor }]) => [`past_key_values.${side}`, tensor]);
      const outputs = await session.run({ ...inputs(session, chunk, before), ...Object.fromEntries(past) });
      for (const [side, rows] of owned) {
        rows.append(assertDefined(outputs[`present.${side}`], side), chunk.length);
      }
      return logitsOf(outputs);
    });
  };
}
