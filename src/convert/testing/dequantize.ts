/** Weights of a written model as plain numbers, read as the operators' documentation has it, one at a time. */
import onnxProto from "onnx-proto";
import { assertDefined } from "../../core/assert.ts";
import { decodeFloats } from "../dtype.ts";
import type { SafetensorsRow } from "./build-safetensors.ts";
import { buildSafetensors } from "./build-safetensors.ts";
import { concat } from "./byte-strings.ts";

const { onnx } = onnxProto;
const FLOAT16 = 10;

interface Stored {
  readonly dims: readonly number[];
  readonly type: number;
  readonly bytes: Uint8Array;
}

function initializers(model: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Map<string, Stored> {
  const { graph } = onnx.ModelProto.decode(model);
  const stored = new Map<string, Stored>();
  for (const { name, dims, dataType, externalData } of graph?.initializer ?? []) {
    const value = (wanted: string) => externalData?.find(({ key }) => key === wanted)?.value ?? "";
    const file = files.get(`onnx/${value("location")}`);
    if (file !== undefined) {
      const from = Number(value("offset"));
      const bytes = file.slice(from, from + Number(value("length")));
      stored.set(name ?? "", { dims: (dims ?? []).map(Number), type: dataType ?? 0, bytes });
    }
  }
  return stored;
}

const floats = ({ bytes, type }: Stored) => decodeFloats(type === FLOAT16 ? "F16" : "F32", bytes);

/** Entry `index` of packed integers of `bits` bits, low ones first. */
function entry(bytes: Uint8Array, index: number, bits: 4 | 8): number {
  const byte = assertDefined(bytes[bits === 8 ? index : Math.floor(index / 2)], "byte");
  return bits === 8 ? byte : (byte >> (4 * (index % 2))) & 15;
}

/** `[rows, columns]` of MatMulNBits with blocks of 32. */
export function unpackBlocks(
  { levels, scales, zeros }: { levels: Uint8Array; scales: Float32Array; zeros: Uint8Array },
  { rows, columns, bits }: { rows: number; columns: number; bits: 4 | 8 },
  block = 32,
): Float32Array {
  const blocks = Math.ceil(columns / block);
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const index = Math.floor(column / block);
    const level = entry(levels, (row * blocks + index) * block + (column % block), bits);
    const zero = entry(zeros.subarray(row * zeroBytes, (row + 1) * zeroBytes), index, bits);
    return (level - zero) * assertDefined(scales[row * blocks + index], "scale");
  });
}

/** Parts of a tensor that was cut, in order; the only one of one that was not. */
function partsOf(stored: ReadonlyMap<string, Stored>, name: string, suffix: string): readonly Stored[] {
  const whole = stored.get(`${name}.${suffix}`);
  if (whole !== undefined) {
    return [whole];
  }
  const parts: Stored[] = [];
  for (;;) {
    const part = stored.get(`${name}.part${parts.length}.${suffix}`);
    if (part === undefined) {
      return parts;
    }
    parts.push(part);
  }
}

function joinColumns(
  parts: readonly { readonly columns: number; readonly values: ArrayLike<number> }[],
  rows: number,
) {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const joined = new Float32Array(rows * columns);
  let first = 0;
  for (const part of parts) {
    for (let at = 0; at < part.values.length; at += 1) {
      const row = Math.floor(at / part.columns);
      joined[row * columns + first + (at % part.columns)] = part.values[at] ?? Number.NaN;
    }
    first += part.columns;
  }
  return joined;
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(
    values,
    (_, at) => values[(at % columns) * rows + Math.floor(at / columns)] ?? Number.NaN,
  );
}

function readMatrix(stored: ReadonlyMap<string, Stored>, name: string, columns: number): Float32Array {
  const plain = partsOf(stored, name, "weight");
  if (plain.length > 0) {
    // Each part is `[columns, rows]`.
    const parts = plain.map((part) => transpose(floats(part), part.dims[1] ?? 0, columns));
    return concatFloats(parts);
  }
  const scales = partsOf(stored, name, "scales");
  const zeros = partsOf(stored, name, "zeros");
  return concatFloats(
    partsOf(stored, name, "q").map(({ dims: [rows = 0, , blockBytes], bytes }, index) =>
      unpackBlocks(
        {
          levels: bytes,
          scales: floats(assertDefined(scales[index], "scales")),
          zeros: assertDefined(zeros[index], "zeros").bytes,
        },
        { rows, columns, bits: blockBytes === 16 ? 4 : 8 },
      ),
    ),
  );
}

function concatFloats(parts: readonly Float32Array[]): Float32Array {
  return decodeFloats("F32", concat(...parts.map((part) => new Uint8Array(part.buffer))));
}

function readEmbedding(stored: ReadonlyMap<string, Stored>, rows: number): Float32Array {
  const widthOf = ({ dims }: Stored) => dims[1] ?? 0;
  const plain = partsOf(stored, "embed_tokens", "weight");
  if (plain.length > 0) {
    return joinColumns(
      plain.map((part) => ({ columns: widthOf(part), values: floats(part) })),
      rows,
    );
  }
  const levels = joinColumns(
    partsOf(stored, "embed_tokens", "q").map((part) => ({
      columns: widthOf(part),
      values: new Int8Array(part.bytes.buffer),
    })),
    rows,
  );
  const scales = floats(assertDefined(stored.get("embed_tokens.scales"), "scales"));
  const columns = levels.length / rows;
  return levels.map((level, at) => level * (scales[Math.floor(at / columns)] ?? Number.NaN));
}

/**
 * The tensors of a written model under the names and shapes they have in the checkpoint. What the model does not
 * hold in that form, like heads, is left out.
 * @param shapes Of the checkpoint's tensors.
 * @param prefix Of the names of the backbone's tensors.
 */
export function readWritten(
  model: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  shapes: ReadonlyMap<string, readonly number[]>,
  prefix = "model.",
): Map<string, Float32Array> {
  const stored = initializers(model, files);
  const read = new Map<string, Float32Array>();
  for (const [tensor, [rows = 0, columns]] of shapes) {
    const own = tensor.startsWith(prefix) ? tensor.slice(prefix.length) : tensor;
    const name = own.replace(/\.weight$/, "");
    const vector = stored.get(own);
    if (name === "embed_tokens") {
      read.set(tensor, readEmbedding(stored, rows));
    } else if (columns !== undefined && name.includes("_proj")) {
      read.set(tensor, readMatrix(stored, name, columns));
    } else if (columns === undefined && vector !== undefined) {
      read.set(tensor, floats(vector));
    }
  }
  return read;
}

/** A safetensors file of float32 tensors. */
export function buildPlain(
  tensors: ReadonlyMap<string, Float32Array>,
  shapes: ReadonlyMap<string, readonly number[]>,
): Uint8Array {
  const rows: Record<string, SafetensorsRow> = {};
  let at = 0;
  for (const [name, { byteLength }] of tensors) {
    rows[name] = { dtype: "F32", shape: shapes.get(name) ?? [], data_offsets: [at, at + byteLength] };
    at += byteLength;
  }
  return buildSafetensors(
    rows,
    concat(...[...tensors.values()].map((values) => new Uint8Array(values.buffer))),
  );
}
