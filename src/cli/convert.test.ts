/** Converted golden checkpoints against logits and rewards computed elsewhere, on onnxruntime-node. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { conversionError } from "../core/manifest.ts";
import type { CallContext } from "../core/scorer.ts";
import { LocalScorer } from "../engine/local-scorer.ts";
import { convertFolder } from "./convert-folder.ts";
import { nodeHost } from "./node-host.ts";

interface ExpectedCase {
  readonly problem: string;
  readonly steps: readonly string[];
  readonly input_ids: readonly number[];
  readonly rewards: readonly number[];
  readonly logits: readonly (number | readonly number[])[];
  readonly trajectory_reward?: number;
  /** ReasonEval's second number of each step. */
  readonly redundancy?: readonly number[];
}

const CHECKPOINTS = [
  ["tiny-qwen2.5-math-prm", "qwen2.5-math-prm"],
  ["tiny-reasonflux-prm-7b", "reasonflux-prm-7b"],
  ["tiny-reasonflux-prm-1.5b", "reasonflux-prm-1.5b"],
  ["tiny-skywork-prm", "skywork-o1-open-prm"],
  ["tiny-math-shepherd", "math-shepherd"],
  ["tiny-rlhflow-llama3", "rlhflow-llama3.1-8b-prm"],
  ["tiny-trl-prm", "trl-prm"],
  ["tiny-reasoneval", "reasoneval"],
] as const;

/** Largest reward difference allowed; q4 of random weights is reported, not promised. */
const DTYPES = [
  ["fp32", 1e-4],
  ["fp16", 5e-3],
  ["q8", 0.03],
  ["q4", 1],
  ["q4f16", 1],
] as const;

const scratch = mkdtempSync(join(tmpdir(), "stepscope-convert-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function quiet<E>(): CallContext<E> {
  return { signal: new AbortController().signal, emit: () => undefined };
}

describe.each(CHECKPOINTS)("%s", (name, protocol) => {
  const text = readFileSync(`e2e/fixtures/expected/${name}.json`, "utf8");
  const { cases } = JSON.parse(text) as { cases: readonly ExpectedCase[] };

  it.each(DTYPES)("as %s gives the expected rewards within %d", async (dtype, tolerance) => {
    const out = join(scratch, `${name}-${dtype}`);
    const folder = `e2e/fixtures/checkpoints/${name}`;
    const manifest = await convertFolder({ folder, out, dtype, licence: "Apache-2.0" }, quiet());
    expect(manifest.protocol).toBe(protocol);
    const stored = Object.entries(manifest.quantization ?? {});
    // Seven matrices in each of two layers.
    expect(stored.reduce((sum, [, count]) => sum + count, 0)).toBe(dtype.startsWith("f") ? 0 : 14);
    for (const [way] of stored) {
      expect(way).toMatch(dtype === "q8" ? /^8-bit (a?symmetric)$/ : /^[48]-bit (a?symmetric)$/);
    }
    // The graph against a forward pass written apart from it.
    expect(conversionError(manifest)).toBeLessThan(tolerance);
    const scorer = new LocalScorer(nodeHost);
    await scorer.load({ model: { id: basename(out), location: out } }, quiet());
    let worst = 0;
    for (const expected of cases) {
      const scored = await scorer.score({ problem: expected.problem, steps: expected.steps }, quiet());
      expect(scored.prompt.ids).toEqual(expected.input_ids);
      expect(scored.steps).toHaveLength(expected.rewards.length);
      for (const [index, reward] of expected.rewards.entries()) {
        worst = Math.max(worst, Math.abs((scored.steps[index]?.reward ?? Number.NaN) - reward));
      }
      for (const [index, value] of (expected.redundancy ?? []).entries()) {
        const [redundancy, ...others] = scored.steps[index]?.extra ?? [];
        expect(redundancy).toMatchObject({ id: "redundancy", label: "redundancy", threshold: 0.15 });
        expect(others).toEqual([]);
        worst = Math.max(worst, Math.abs((redundancy?.value ?? Number.NaN) - value));
      }
      if (dtype === "fp32") {
        const logits = scored.steps.map((step) => step.read.logits[0]);
        const wanted = expected.logits.map((row) => (typeof row === "number" ? [row] : row));
        expect(logits.flat().map((value) => value?.toFixed(2))).toEqual(
          wanted.flat().map((value) => value.toFixed(2)),
        );
      }
    }
    expect(worst).toBeLessThan(tolerance);
  });
});

describe("a converted model", () => {
  /** Converts a checkpoint and gives its manifest another protocol. */
  async function renamed(name: string, protocol: string): Promise<string> {
    const out = join(scratch, `${name}-as-${protocol}`);
    const folder = `e2e/fixtures/checkpoints/${name}`;
    const manifest = await convertFolder({ folder, out, dtype: "fp32", licence: "none" }, quiet());
    writeFileSync(join(out, "stepscope.json"), JSON.stringify({ ...manifest, protocol }));
    return out;
  }
  const load = (location: string) =>
    new LocalScorer(nodeHost).load({ model: { id: basename(location), location } }, quiet());

  it.each([
    ["tiny-reasoneval", "math-minos", 3, 1],
    ["tiny-trl-prm", "math-minos", 2, 1],
    ["tiny-skywork-prm", "trl-prm", 1, 2],
  ] as const)(
    "%s that calls itself %s is refused: %d logits a token, not %d",
    async (name, protocol, has, needs) => {
      await expect(load(await renamed(name, protocol))).rejects.toMatchObject({
        code: "unsupported-model",
        message: expect.stringMatching(
          new RegExp(`logits have shape \\[1, \\d+, ${has}\\], not \\[1, \\d+, ${needs}\\]`),
        ),
      });
    },
  );

  it("with the right width and another prompt is refused by its canary", async () => {
    const loading = load(await renamed("tiny-trl-prm", "pure-prm"));
    await expect(loading).rejects.toMatchObject({ code: "self-test-failed" });
  });

  it("of a model known not to run is refused with the reason", async () => {
    await expect(load(await renamed("tiny-trl-prm", "thinkprm"))).rejects.toThrow(
      "ThinkPRM is not supported: it writes a critique of every step and has no reward head",
    );
  });

  it("says what its numbers mean where they are not simply a step's", async () => {
    const { note } = await load(await renamed("tiny-reasonflux-prm-1.5b", "reasonflux-prm-1.5b"));
    expect(note).toBe(
      "This model scores whole trajectories. A step's number is the score of the text up to that step.",
    );
  });
});

describe("a checkpoint that cannot be converted", () => {
  /** A copy of a good checkpoint with one file changed, or removed where the change returns nothing. */
  function spoiled(name: string, file: string, change: (text: string) => string | undefined): string {
    const folder = join(scratch, `spoiled-${name}-${file}`);
    cpSync(`e2e/fixtures/checkpoints/${name}`, folder, { recursive: true });
    const text = change(readFileSync(join(folder, file), "utf8"));
    if (text === undefined) {
      rmSync(join(folder, file));
    } else {
      writeFileSync(join(folder, file), text);
    }
    return folder;
  }

  it.each([
    [
      "tiny-trl-prm",
      "config.json",
      "hidden_size",
      64,
      /model\.safetensors: tensor "model\.embed_tokens\.weight" has shape \[640, 128\], and the config asks for \[640, 64\]/,
    ],
    ["tiny-trl-prm", "config.json", "num_hidden_layers", 3, /no tensor "model\.layers\.2\./],
    [
      "tiny-trl-prm",
      "config.json",
      "num_hidden_layers",
      1,
      /says that there are 1 layers, and .* "model\.layers\.1\./,
    ],
    [
      "tiny-trl-prm",
      "tokenizer.json",
      "pre_tokenizer",
      { type: "Nope" },
      /^tokenizer\.json: is no tokenizer/,
    ],
    ["tiny-trl-prm", "config.json", "model_type", "gpt2", /architecture "gpt2" is not known/],
    ["tiny-trl-prm", "config.json", "architectures", ["Qwen2ForEnsemblePRM"], /ActPRM is not supported/],
  ] as const)("%s with a wrong %s: %s", async (name, file, key, value, message) => {
    const folder = spoiled(name, file, (text) => JSON.stringify({ ...JSON.parse(text), [key]: value }));
    const out = join(scratch, "never");
    const converting = convertFolder({ folder, out, dtype: "q4", licence: "none" }, quiet());
    await expect(converting).rejects.toThrow(message);
    expect(existsSync(out)).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["tiny-qwen2.5-math-prm", "model-00002-of-00002.safetensors", /model-00002-of-00002\.safetensors/],
    ["tiny-trl-prm", "tokenizer.json", /tokenizer\.json is missing/],
    ["tiny-reasonflux-prm-1.5b", "reward_head.pt", /nothing in .* tells its protocol/],
  ])("%s without %s", async (name, file, message) => {
    const folder = spoiled(name, file, () => undefined);
    const out = join(scratch, "never");
    const converting = convertFolder({ folder, out, dtype: "q4", licence: "none" }, quiet());
    await expect(converting).rejects.toThrow(message);
    expect(existsSync(out)).toBe(false);
  });

  it("one whose folder has a name that nobody can read", async () => {
    const folder = join(scratch, "line\nbreak");
    cpSync("e2e/fixtures/checkpoints/tiny-trl-prm", folder, { recursive: true });
    const out = join(scratch, "never");
    const converting = convertFolder({ folder, out, dtype: "q4", licence: "none" }, quiet());
    await expect(converting).rejects.toThrow('"line?break" is not a name that a model can have');
    expect(existsSync(out)).toBe(false);
  });

  it("a tokenizer without the marker", async () => {
    const folder = spoiled("tiny-reasonflux-prm-7b", "tokenizer.json", (text) =>
      text.replaceAll("<extra_0>", "<other_0>"),
    );
    const converting = convertFolder(
      { folder, out: join(scratch, "never"), dtype: "q4", licence: "none" },
      quiet(),
    );
    await expect(converting).rejects.toThrow('needs "<extra_0>" to be a special token');
  });

  it("one that is stopped leaves no model, and the same command finishes it", async () => {
    const out = join(scratch, "stopped");
    const stop = new AbortController();
    const folder = "e2e/fixtures/checkpoints/tiny-trl-prm";
    const request = { folder, out, dtype: "q4", licence: "none" } as const;
    const converting = convertFolder(request, { signal: stop.signal, emit: () => stop.abort() });
    await expect(converting).rejects.toMatchObject({ code: "cancelled" });
    expect(existsSync(join(out, "stepscope.json"))).toBe(false);
    await convertFolder(request, quiet());
    const scorer = new LocalScorer(nodeHost);
    await expect(scorer.load({ model: { id: "stopped", location: out } }, quiet())).resolves.toBeDefined();
  });
});
