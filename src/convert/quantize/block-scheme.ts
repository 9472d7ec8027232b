import { encodeFloat16 } from "../dtype.ts";
import { packBlocks, packRows } from "./pack-blocks.ts";
import { bytesOf, pieces, type Scheme } from "./scheme.ts";

/** Wide-tile shaders of ONNX Runtime's WebGPU backend exist for blocks of 32 only. */
const BLOCK = 32;

/**
 * Weights in 4 or 8 bits, asymmetric, for MatMulNBits. `accuracy_level` 0 keeps activations in floating
 * point: other levels compute wrong rewards on WebGPU (measured, off by up to 0.35).
 */
export function blockScheme(
  options: Pick<Scheme, "id" | "label" | "activations" | "suffix"> & { readonly bits: 4 | 8 },
): Scheme {
  const { bits, ...described } = options;
  const { activations } = options;
  const encode = (values: Float32Array) =>
    bytesOf(activations === "float16" ? encodeFloat16(values) : values);
  return {
    ...described,
    linear: async ({ graph, data }, name, input, weight) => {
      const { rows, columns } = weight;
      const blocks = Math.ceil(columns / BLOCK);
      const blockBytes = (BLOCK * bits) / 8;
      const zeroBytes = Math.ceil((blocks * bits) / 8);
      const quantized = new Uint8Array(rows * blocks * blockBytes);
      const scales = new Float32Array(rows * blocks);
      const zeroPoints = new Uint8Array(rows * zeroBytes);
      for await (const { first, count, values } of pieces(weight)) {
        const packed = packBlocks(values, count, columns, { bits, block: BLOCK });
        quantized.set(packed.quantized, first * blocks * blockBytes);
        scales.set(packed.scales, first * blocks);
        zeroPoints.set(packed.zeroPoints, first * zeroBytes);
      }
      const inputs = [
        input,
        graph.weight(`${name}.q`, "uint8", [rows, blocks, blockBytes], await data.add(quantized)),
        graph.weight(`${name}.scales`, activations, [rows, blocks], await data.add(encode(scales))),
        graph.weight(`${name}.zeros`, "uint8", [rows, zeroBytes], await data.add(zeroPoints)),
      ];
      const attributes = { K: columns, N: rows, bits, block_size: BLOCK, accuracy_level: 0 };
      return graph.contrib("MatMulNBits", inputs, [`${name}.out`], attributes);
    },
    // GatherBlockQuantized has no kernel in the wasm backend; a gather of int8 rows and scales runs everywhere.
    embedding: async ({ graph, data }, name, ids, weight) => {
      const { rows, columns } = weight;
      const quantized = new Int8Array(rows * columns);
      const scales = new Float32Array(rows);
      for await (const { first, count, values } of pieces(weight)) {
        const packed = packRows(values, count, columns);
        quantized.set(packed.quantized, first * columns);
        scales.set(packed.scales, first);
      }
      const table = graph.weight(`${name}.q`, "int8", [rows, columns], await data.add(bytesOf(quantized)));
      const scale = graph.weight(`${name}.scales`, activations, [rows, 1], await data.add(encode(scales)));
      const levels = graph.node("Gather", [table, ids], [`${name}.levels`], { axis: 0 });
      const floats = graph.node("Cast", [levels], [`${name}.floats`], {
        to: activations === "float16" ? 10 : 1,
      });
      const factors = graph.node("Gather", [scale, ids], [`${name}.factors`], { axis: 0 });
      return graph.node("Mul", [floats, factors], [`${name}.out`]);
    },
  };
}
