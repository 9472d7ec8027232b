/** Writes safetensors files for tests, right ones and wrong ones. */
import { concat, uint, utf8 } from "./byte-strings.ts";

export interface SafetensorsRow {
  readonly dtype: unknown;
  readonly shape: readonly unknown[];
  readonly data_offsets: readonly unknown[];
}

/** A file with this header, as text, before this data. `length` is what it declares, if not the truth. */
export function buildSafetensorsOfText(
  header: string,
  data: Uint8Array,
  length?: number | bigint,
): Uint8Array {
  const json = utf8(header);
  return concat(uint(length ?? json.length, 8), json, data);
}

export function buildSafetensors(
  rows: Readonly<Record<string, SafetensorsRow>>,
  data: Uint8Array,
): Uint8Array {
  return buildSafetensorsOfText(JSON.stringify(rows), data);
}

/** A file of float32 vectors. */
export function buildFloatSafetensors(vectors: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const rows: [string, SafetensorsRow][] = [];
  const data: Uint8Array[] = [];
  let at = 0;
  for (const [name, vector] of Object.entries(vectors)) {
    const bytes = new Uint8Array(new Float32Array(vector).buffer);
    rows.push([name, { dtype: "F32", shape: [vector.length], data_offsets: [at, at + bytes.length] }]);
    data.push(bytes);
    at += bytes.length;
  }
  return buildSafetensors(Object.fromEntries(rows), concat(...data));
}
