import { matmul, Tensor } from "@huggingface/transformers";
import { AppError } from "../core/errors.ts";

/**
 * `a b` on the runtime's own kernels: a is `[n, k]`, b is `[k, t]`, the result `[n, t]`, all row-major float32.
 * The converter's reference pass multiplies with it.
 */
export async function multiply(a: Float32Array, b: Float32Array, k: number): Promise<Float32Array> {
  const [n, t] = [a.length / k, b.length / k];
  const product = await matmul(new Tensor("float32", a, [n, k]), new Tensor("float32", b, [k, t]));
  const { data } = product;
  if (!(data instanceof Float32Array)) {
    throw new AppError("internal", `a product came back as ${product.type}`);
  }
  return data;
}
