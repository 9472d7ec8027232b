import type { ExternalPlace, Range, RowPacker } from "../external-data.ts";
import type { MatrixSource } from "../matrix-source.ts";
import { ELEMENT } from "../onnx-graph.ts";
import { BLOCK, blockLengths } from "./block-layout.ts";
import type { Choice } from "./choice.ts";
import { ELEMENT_BYTES, encodeFloats, type FloatElement } from "./encode.ts";
import { importanceOf } from "./importance.ts";
import { packBlocks, packRows } from "./pack-blocks.ts";
import { addParts, bytesOf, type Scheme, type SchemeTarget } from "./scheme.ts";

export interface BlockSchemeOptions extends Pick<Scheme, "id" | "label" | "activations" | "suffix"> {
  readonly bits: Choice["bits"];
  /** The same for every matrix, for comparison; left out, each is measured. */
  readonly rounding?: Choice["rounding"];
}

/** Adds `part`, some rows of a matrix in blocks, and returns the output's name. */
function addBlocks(
  { graph, data }: SchemeTarget,
  { name, input, matrix }: { readonly name: string; readonly input: string; readonly matrix: MatrixSource },
  { bits, rounding }: Choice,
  scalesElement: FloatElement,
): string {
  const { rows, columns, tensor } = matrix;
  const blocks = Math.ceil(columns / BLOCK);
  const lengthsOf = (count: number) => blockLengths({ rows: count, columns }, bits, scalesElement);
  const [blockBytes, zeroBytes] = [(BLOCK * bits) / 8, lengthsOf(1)[2]];
  const startPacking = (count: number, energies: Float32Array | undefined): RowPacker => {
    const scales = new Float32Array(count * blocks);
    const zeroPoints = new Uint8Array(count * zeroBytes);
    const options = {
      bits,
      block: BLOCK,
      hasHalfScales: scalesElement === "float16",
      isSymmetric: rounding === "symmetric",
      ...(energies === undefined || rounding === "plain" ? {} : { importance: importanceOf(energies) }),
    };
    let packed = 0;
    return {
      pack: (values, piece) => {
        const made = packBlocks(values, piece, columns, options);
        scales.set(made.scales, packed * blocks);
        zeroPoints.set(made.zeroPoints, packed * zeroBytes);
        packed += piece;
        return made.quantized;
      },
      finish: () => [encodeFloats(scales, scalesElement, tensor), zeroPoints],
    };
  };
  return addParts(graph, name, data.split(rows, lengthsOf), ({ first, count }, part) => {
    const [levels, scales, zeros] = data.add(lengthsOf(count), {
      kind: "rows",
      matrix,
      first,
      count,
      isFed: true,
      start: (energies) => startPacking(count, energies),
    });
    const inputs = [
      input,
      graph.weight(`${part}.q`, "uint8", [count, blocks, blockBytes], levels),
      graph.weight(`${part}.scales`, scalesElement, [count, blocks], scales),
      graph.weight(`${part}.zeros`, "uint8", [count, zeroBytes], zeros),
    ];
    // Level 0 keeps activations in floating point: others compute wrong rewards on WebGPU (measured, off by 0.35).
    const attributes = { K: columns, N: count, bits, block_size: BLOCK, accuracy_level: 0 };
    return graph.contrib("MatMulNBits", inputs, [`${part}.out`], attributes);
  });
}

/** Some columns of all rows as int8; the rows' scales come with the last of them. */
function rowPacker({ columns, tensor }: MatrixSource, range: Range, activations: FloatElement): RowPacker {
  const scales: number[] = [];
  return {
    pack: (values, count) => {
      const packed = packRows(values, count, columns, range);
      for (const scale of packed.scales) {
        scales.push(scale);
      }
      return bytesOf(packed.quantized);
    },
    finish: () => {
      const isLast = range.first + range.count === columns;
      return isLast ? [encodeFloats(Float32Array.from(scales), activations, tensor)] : [];
    },
  };
}

/** GatherBlockQuantized has no kernel in the wasm backend; a gather of int8 rows and scales runs everywhere. */
function addInt8Embedding(
  { graph, data }: SchemeTarget,
  { name, ids, matrix }: { readonly name: string; readonly ids: string; readonly matrix: MatrixSource },
  activations: FloatElement,
): string {
  const { rows, columns } = matrix;
  const scaleBytes = rows * ELEMENT_BYTES[activations];
  const ranges = data.split(columns, (count) => [rows * count, scaleBytes]);
  let scales: ExternalPlace | undefined;
  const levels = addParts(graph, name, ranges, (range, part) => {
    const isLast = range === ranges.at(-1);
    const [place, after] = data.add([rows * range.count, ...(isLast ? [scaleBytes] : [])], {
      kind: "rows",
      matrix,
      first: 0,
      count: rows,
      isFed: false,
      start: () => rowPacker(matrix, range, activations),
    });
    scales = after;
    const table = graph.weight(`${part}.q`, "int8", [rows, range.count], place);
    return graph.node("Gather", [table, ids], [`${part}.levels`], { axis: 0 });
  });
  const scale = graph.weight(`${name}.scales`, activations, [rows, 1], scales);
  const floats = graph.node("Cast", [levels], [`${name}.floats`], { to: ELEMENT[activations] });
  const factors = graph.node("Gather", [scale, ids], [`${name}.factors`], { axis: 0 });
  return graph.node("Mul", [floats, factors], [`${name}.scaled`]);
}

/** Weights in 4 or 8 bits for MatMulNBits, in the way that is measured to be best; the embedding in 8 bits. */
export function blockScheme(options: BlockSchemeOptions): Scheme {
  const { id, label, activations, suffix, bits, rounding } = options;
  const usual: Choice = { bits, rounding: rounding ?? "asymmetric" };
  return {
    id,
    label,
    activations,
    suffix,
    ...(rounding === undefined ? { measured: { usual, scales: activations } } : {}),
    linear: (target, name, input, matrix, choice = usual) =>
      addBlocks(target, { name, input, matrix }, choice, activations),
    embedding: (target, name, ids, matrix) => addInt8Embedding(target, { name, ids, matrix }, activations),
  };
}
