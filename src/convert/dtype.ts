/**
 * The number formats of checkpoints. They store little-endian, as do all machines this runs on, so the bytes
 * are reinterpreted through typed arrays and not read one by one.
 */
import type { Bytes } from "../core/units.ts";

/** Bytes of one element, by the name safetensors gives the format. */
export const DTYPE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const satisfies Readonly<Record<string, Bytes>>;

/** How a checkpoint stores the elements of a tensor. */
export type Dtype = keyof typeof DTYPE_BYTES;

const FLOAT_DTYPES = ["F64", "F32", "F16", "BF16"] as const satisfies readonly Dtype[];

/** The formats that can be decoded to float32. */
export type FloatDtype = (typeof FLOAT_DTYPES)[number];

export function isDtype(name: string): name is Dtype {
  return Object.hasOwn(DTYPE_BYTES, name);
}

export function isFloatDtype(dtype: Dtype): dtype is FloatDtype {
  return FLOAT_DTYPES.some((known) => known === dtype);
}

/**
 * The same bytes where a typed array may begin: typed arrays want a multiple of their element's size.
 * Not `slice`, which on Node's `Buffer` is a view.
 */
function aligned(bytes: Uint8Array, width: Bytes): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
}

/** float32 bits of a float16. Infinities, NaN payloads, subnormals and the sign of zero are kept. */
function widenFloat16(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) {
    return sign | 0x7f800000 | (fraction << 13);
  }
  if (exponent > 0) {
    return sign | ((exponent + 112) << 23) | (fraction << 13);
  }
  if (fraction === 0) {
    return sign;
  }
  // A subnormal is fraction * 2^-24, which float32 has as a normal number: its leading one becomes implicit.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

/** float32 bits of every float16: 256 KiB, made at the first use. */
let float16Table: Uint32Array | undefined;

function decodeFloat16(bits: Uint32Array, halves: Uint16Array): void {
  float16Table ??= Uint32Array.from({ length: 0x10000 }, (_, half) => widenFloat16(half));
  const table = float16Table;
  for (let i = 0; i < halves.length; i++) {
    bits[i] = table[halves[i] ?? 0] ?? 0;
  }
}

function decodeBfloat16(bits: Uint32Array, halves: Uint16Array): void {
  for (let i = 0; i < halves.length; i++) {
    bits[i] = (halves[i] ?? 0) << 16;
  }
}

/**
 * Decodes stored elements to float32: F16, BF16 and F32 exactly, F64 rounded to nearest. `bytes` holds as many
 * whole elements as `target`; anything else is a bug and throws plainly.
 */
export function decodeInto(target: Float32Array, dtype: FloatDtype, bytes: Uint8Array): void {
  const width = DTYPE_BYTES[dtype];
  const count = target.length;
  if (bytes.length !== count * width) {
    throw new Error(`${bytes.length} bytes are not ${count} elements of ${dtype}`);
  }
  const bits = new Uint32Array(target.buffer, target.byteOffset, count);
  const { buffer, byteOffset } = aligned(bytes, width);
  switch (dtype) {
    case "F64":
      target.set(new Float64Array(buffer, byteOffset, count));
      break;
    case "F32":
      target.set(new Float32Array(buffer, byteOffset, count));
      break;
    case "F16":
      decodeFloat16(bits, new Uint16Array(buffer, byteOffset, count));
      break;
    case "BF16":
      decodeBfloat16(bits, new Uint16Array(buffer, byteOffset, count));
      break;
  }
}

/** The same into an array of the caller's own. `bytes` holds whole elements; anything else throws plainly. */
export function decodeFloats(dtype: FloatDtype, bytes: Uint8Array): Float32Array {
  const width = DTYPE_BYTES[dtype];
  if (bytes.length % width !== 0) {
    throw new Error(`${bytes.length} bytes are not whole elements of ${dtype}`);
  }
  const values = new Float32Array(bytes.length / width);
  decodeInto(values, dtype, bytes);
  return values;
}

/** float16 bits of a float32, rounded to nearest, ties to even. */
function narrowFloat32(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) {
    // Quiet, so that a payload in the lower bits alone does not become an infinity.
    return sign | 0x7e00 | ((magnitude >>> 13) & 0x3ff);
  }
  // 2^16 and above; what lies between the largest float16 and 2^16 is carried over by the rounding below.
  if (magnitude >= 0x47800000) {
    return sign | 0x7c00;
  }
  // 2^-14 and above: a normal float16.
  if (magnitude >= 0x38800000) {
    const rebased = magnitude - 0x38000000;
    return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
  }
  // A subnormal counts 2^-24: the significand is shifted until its unit is that. Below 2^-25 nothing is left.
  const shift = 126 - (magnitude >>> 23);
  if (shift > 24) {
    return sign;
  }
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const kept = significand >>> shift;
  return sign | ((significand + (1 << (shift - 1)) - 1 + (kept & 1)) >>> shift);
}

/** One float32 and its bits. */
const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/** The nearest float16, ties to even, as a number. */
export function roundToFloat16(value: number): number {
  scratch[0] = value;
  scratchBits[0] = widenFloat16(narrowFloat32(scratchBits[0] ?? 0));
  return scratch[0] ?? 0;
}

/** Encodes float32 as float16 bits: nearest, ties to even; too large becomes infinity, NaN stays NaN. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    halves[i] = narrowFloat32(bits[i] ?? 0);
  }
  return halves;
}
