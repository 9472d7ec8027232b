import { describe, expect, it } from "vitest";
import {
  LLAMA_3_1_8B,
  LLAMA_3_2_3B,
  LLEMMA_7B,
  LLEMMA_34B,
  MISTRAL_7B,
  QWEN2_5_0_5B,
  QWEN2_5_1_5B,
  QWEN2_5_7B,
  QWEN2_5_72B,
} from "./base-models.ts";
import type { DtypeId } from "./dtypes.ts";
import { KNOWN_MODELS, type KnownModel } from "./known-models.ts";
import {
  cacheBytesPerToken,
  convertedWeights,
  estimateModel,
  leastNeeds,
  linearParameterCount,
  parameterCount,
} from "./model-estimate.ts";
import { PROTOCOLS, protocolById } from "./protocols/index.ts";
import { refuseUnsupported } from "./protocols/unsupported.ts";

/** From the largest to the smallest. */
const DTYPES = ["fp32", "fp16", "q8", "q4", "q4f16"] as const satisfies readonly DtypeId[];

function known(repository: string): KnownModel {
  const model = KNOWN_MODELS.find((listed) => listed.repository === repository);
  if (model === undefined) {
    throw new Error(`no ${repository}`);
  }
  return model;
}

/**
 * Published counts: weights of the linear layers in billions, of the embedding in millions, and the size of the
 * linear layers at 4.5 bits a weight (4 bits and a 16-bit scale for 32 of them, no zero points) in GB.
 */
const COUNTED = [
  [QWEN2_5_0_5B, 0.36, 136, 0.2],
  [QWEN2_5_1_5B, 1.31, 233, 0.74],
  [QWEN2_5_7B, 6.53, 545, 3.67],
  [QWEN2_5_72B, 70.21, 1246, 39.49],
  [MISTRAL_7B, 6.98, 131, 3.93],
  [LLAMA_3_1_8B, 6.98, 525, 3.93],
  [LLAMA_3_2_3B, 2.82, 394, 1.59],
  [LLEMMA_7B, 6.48, 131, 3.64],
  [LLEMMA_34B, 33.22, 262, 18.69],
] as const;

describe.each(COUNTED.map((row) => [row[0].label, ...row] as const))(
  "%s",
  (_label, base, linear, embed, q4) => {
    it("has the weights that are published", () => {
      expect(linearParameterCount(base) / 1e9).toBeCloseTo(linear, 2);
      expect(Math.round((base.vocabularySize * base.hiddenSize) / 1e6)).toBe(embed);
      expect((linearParameterCount(base) * 4.5) / 8 / 1e9).toBeCloseTo(q4, 2);
    });

    it("is stored at the bits of its dtype", () => {
      const head = { kind: "linear", prefix: "score", outputs: 1 } as const;
      const bits = (dtype: DtypeId) => {
        const embedding =
          base.vocabularySize * (dtype === "q4f16" ? base.hiddenSize + 2 : base.hiddenSize + 4);
        return ((convertedWeights(base, head, dtype, 0) - embedding) * 8) / linearParameterCount(base);
      };
      // 4 or 8 bits, a scale and a zero point for 32 weights; norms, biases and the head are the rest. Of 4 bits
      // some matrices may have 8, which adds a twentieth at most.
      expect(bits("q4f16")).toBeCloseTo((4 + 16 / 32 + 4 / 32) * 1.05, 1);
      expect(bits("q4")).toBeCloseTo((4 + 32 / 32 + 4 / 32) * 1.05, 1);
      expect(bits("q8")).toBeCloseTo(8 + 32 / 32 + 8 / 32, 1);
    });
  },
);

describe("the key-value cache", () => {
  it.each([
    [QWEN2_5_0_5B, 12_288],
    [QWEN2_5_1_5B, 28_672],
    [QWEN2_5_7B, 57_344],
    [LLAMA_3_1_8B, 131_072],
    [MISTRAL_7B, 131_072],
    [LLEMMA_7B, 524_288],
  ] as const)("has the published bytes a token", (base, bytes) => {
    expect(cacheBytesPerToken(base, "q4f16")).toBe(bytes);
    expect(cacheBytesPerToken(base, "q4")).toBe(2 * bytes);
  });
});

describe("estimates", () => {
  it.each(
    KNOWN_MODELS.flatMap((model) =>
      model.listedBytes === undefined ? [] : [[model.repository, model, model.listedBytes] as const],
    ),
  )("follow from the architecture for %s, too", (repository, model, listedBytes) => {
    // Its pickled files have 9 % more than its tensors.
    const surplus = repository === "peiyi9979/math-shepherd-mistral-7b-prm" ? 1.0925 : 1;
    const computed = parameterCount(model) * model.storedBytesPerWeight * surplus;
    expect(computed / listedBytes).toBeCloseTo(1, 2);
  });

  it("are exact to a megabyte where the exact size is known", () => {
    const { listedBytes, ...model } = known("Qwen/Qwen2.5-Math-PRM-7B");
    const computed = parameterCount(model) * model.storedBytesPerWeight;
    expect(Math.abs(computed - (listedBytes ?? 0))).toBeLessThan(1e6);
  });

  it("of ReasonFlux-PRM-1.5B", () => {
    const model = known("Gen-Verse/ReasonFlux-PRM-1.5B");
    const { download, converted, memory } = estimateModel(model, "q4f16");
    // 1.31 B at 4.625 bits and a twentieth, 233 M at 8, and small change.
    expect(converted / 1e9).toBeCloseTo(0.757 * 1.05 + 0.233 + 0.01, 2);
    expect(download / 1e9).toBeCloseTo(3.1, 2);
    expect(memory.tokens).toBe(2048);
    expect(memory.cache).toBe(2 * 2048 * 28_672);
    expect(memory.total).toBe(memory.weights + memory.cache + memory.activations);
    expect(parameterCount(model) / 1e9).toBeCloseTo(1.54, 2);
  });

  it("of Qwen2.5-Math-PRM-7B count the larger of attention and feed-forward", () => {
    const { memory } = estimateModel(known("Qwen/Qwen2.5-Math-PRM-7B"), "q4");
    expect(memory.tokens).toBe(4096);
    expect(memory.cache).toBe(2 * 2 * 234_881_024);
    expect(memory.activations).toBe(28 * 512 * 4096 * 4);
    const small = estimateModel(known("trl-lib/Qwen2-0.5B-Reward-Math-Sheperd"), "q4").memory;
    expect(small.tokens).toBe(1024);
    expect(small.activations).toBe(4 * 512 * 4864 * 4);
  });

  it.each(DTYPES.slice(1).map((dtype, index) => [DTYPES[index], dtype] as const))(
    "of %s are larger than of %s",
    (wide, narrow) => {
      for (const model of KNOWN_MODELS) {
        const [more, less] = [estimateModel(model, wide ?? narrow), estimateModel(model, narrow)];
        expect(less.converted).toBeLessThan(more.converted);
        expect(less.memory.total).toBeLessThan(more.memory.total);
        expect(less.download).toBe(more.download);
      }
    },
  );
});

describe("needs told from the size of the files alone", () => {
  it.each(DTYPES)("are never more than a listed model has in %s, and no less than a quarter", (dtype) => {
    for (const model of KNOWN_MODELS) {
      const estimate = estimateModel(model, dtype);
      const least = leastNeeds(estimate.download, dtype);
      expect(least.converted, model.repository).toBeLessThanOrEqual(estimate.converted);
      expect(least.converted, model.repository).toBeGreaterThan(estimate.converted / 4);
      expect(least.memory.total).toBeLessThanOrEqual(estimate.memory.total);
      expect(least.largestTensor).toBeLessThanOrEqual(estimate.largestTensor);
    }
  });

  it("are nothing for a repository of small files", () => {
    expect(leastNeeds(1e6, "fp32")).toMatchObject({ download: 1e6, converted: 0 });
  });
});

describe("the list", () => {
  it("names every repository once, and none that is known not to run", () => {
    const repositories = KNOWN_MODELS.map(({ repository }) => repository);
    expect(new Set(repositories).size).toBe(repositories.length);
    for (const repository of repositories) {
      expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
      expect(() => refuseUnsupported(repository)).not.toThrow();
    }
  });

  it("has every protocol that has a repository of its own", () => {
    const withoutRepository = ["stepscope-prm", "math-psa", "math-minos"];
    const listed = new Set<string>(KNOWN_MODELS.map(({ protocol }) => protocol));
    const missing = PROTOCOLS.map(({ id }) => id).filter((id) => !listed.has(id));
    expect(missing.sort()).toEqual(withoutRepository.sort());
  });

  it("says where each entry is from, and its licence", () => {
    for (const { repository, source, licence, protocol } of KNOWN_MODELS) {
      expect([repository, source]).toEqual([repository, expect.stringMatching(/^(https:|arXiv )/)]);
      expect([repository, licence]).toEqual([repository, expect.stringMatching(/\S/)]);
      expect(protocolById(protocol).id).toBe(protocol);
    }
  });
});
