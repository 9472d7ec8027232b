// Writes a checkpoint with random weights in the layout of ReasonFlux-PRM-1.5B, as large as asked, for benches:
// weights of a published model are not ours to ship, and their values do not matter for speed or memory.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";

/** Sizes of Qwen2.5's published models; `layers` scales them. */
export const SHAPES = {
  "0.5B": { hidden: 896, intermediate: 4864, heads: 14, keyValueHeads: 2, layers: 24 },
  "1.5B": { hidden: 1536, intermediate: 8960, heads: 12, keyValueHeads: 2, layers: 28 },
  "3B": { hidden: 2048, intermediate: 11008, heads: 16, keyValueHeads: 2, layers: 36 },
};
const VOCABULARY = 151_936;

/** One block of random bfloat16 values near ±0.02, repeated: drawing billions would take longer than converting. */
function randomBlock() {
  const values = new Uint16Array(1 << 20);
  let seed = 1;
  for (let index = 0; index < values.length; index += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const value = ((seed / 2 ** 32) * 2 - 1) * 0.035;
    values[index] = new DataView(new Float32Array([value]).buffer).getUint16(2, true);
  }
  return new Uint8Array(values.buffer);
}

/**
 * @param {string} folder
 * @param {keyof typeof SHAPES} size
 * @param {string} tokenizer folder with the tokenizer to copy
 * @returns {Promise<number>} number of weights
 */
export async function writeRandomCheckpoint(folder, size, tokenizer) {
  const { hidden, intermediate, heads, keyValueHeads, layers } = SHAPES[size];
  const keyWidth = (hidden / heads) * keyValueHeads;
  /** @type {[string, number[]][]} */
  const tensors = [["model.embed_tokens.weight", [VOCABULARY, hidden]]];
  for (let layer = 0; layer < layers; layer += 1) {
    const base = `model.layers.${layer}`;
    tensors.push(
      [`${base}.input_layernorm.weight`, [hidden]],
      [`${base}.self_attn.q_proj.weight`, [hidden, hidden]],
      [`${base}.self_attn.q_proj.bias`, [hidden]],
      [`${base}.self_attn.k_proj.weight`, [keyWidth, hidden]],
      [`${base}.self_attn.k_proj.bias`, [keyWidth]],
      [`${base}.self_attn.v_proj.weight`, [keyWidth, hidden]],
      [`${base}.self_attn.v_proj.bias`, [keyWidth]],
      [`${base}.self_attn.o_proj.weight`, [hidden, hidden]],
      [`${base}.post_attention_layernorm.weight`, [hidden]],
      [`${base}.mlp.gate_proj.weight`, [intermediate, hidden]],
      [`${base}.mlp.up_proj.weight`, [intermediate, hidden]],
      [`${base}.mlp.down_proj.weight`, [hidden, intermediate]],
    );
  }
  tensors.push(
    ["model.norm.weight", [hidden]],
    ["reward_head.weight", [1, hidden]],
    ["reward_head.bias", [1]],
  );
  mkdirSync(folder, { recursive: true });
  /** @type {Record<string, unknown>} */
  const header = {};
  let offset = 0;
  for (const [name, shape] of tensors) {
    const length = shape.reduce((product, size) => product * size, 2);
    header[name] = { dtype: "BF16", shape, data_offsets: [offset, offset + length] };
    offset += length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(path.join(folder, "model.safetensors"), "w");
  await file.writeFile(Buffer.concat([length, text]));
  const block = randomBlock();
  for (let written = 0; written < offset; written += block.length) {
    await file.writeFile(block.subarray(0, Math.min(block.length, offset - written)));
  }
  await file.close();
  writeFileSync(
    path.join(folder, "config.json"),
    JSON.stringify({
      architectures: ["Qwen2ForCausalLM"],
      model_type: "qwen2",
      hidden_size: hidden,
      intermediate_size: intermediate,
      num_hidden_layers: layers,
      num_attention_heads: heads,
      num_key_value_heads: keyValueHeads,
      vocab_size: VOCABULARY,
      max_position_embeddings: 32_768,
      rms_norm_eps: 1e-6,
      rope_theta: 1_000_000,
      tie_word_embeddings: true,
    }),
  );
  for (const name of ["tokenizer.json", "tokenizer_config.json"]) {
    copyFileSync(path.join(tokenizer, name), path.join(folder, name));
  }
  return offset / 2;
}
