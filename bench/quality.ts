/**
 * Ways to round weights, compared: each checkpoint is converted with plain rounding, with fitted scales, and with
 * what the converter chooses for each matrix (symmetric or not, 8 bits for values and the worst), and judged on
 * chains that the scales were not fitted to. References are the checkpoint converted to fp32, which tests hold to
 * PyTorch within 1e-4, and the products of its own weights.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFolder } from "../src/cli/folder-files.ts";
import { folderWorkshop } from "../src/cli/folder-workshop.ts";
import { openFolderOnCpu } from "../src/cli/measure-folder.ts";
import { CANARY } from "../src/conversion/canary.ts";
import { candidateIds, readJson, readTokenizer } from "../src/conversion/read-tokenizer.ts";
import { planDecoder } from "../src/convert/architectures/index.ts";
import { openCheckpoint } from "../src/convert/checkpoint.ts";
import { type ConvertRequest, contextOf, convert } from "../src/convert/convert.ts";
import { detectProtocol } from "../src/convert/detect-protocol.ts";
import type { FedMatrices } from "../src/convert/model-writer.ts";
import { type BlockSchemeOptions, blockScheme } from "../src/convert/quantize/block-scheme.ts";
import { countChoices } from "../src/convert/quantize/choice.ts";
import { schemeById } from "../src/convert/quantize/index.ts";
import type { Scheme } from "../src/convert/quantize/scheme.ts";
import { ReferencePass } from "../src/convert/reference-pass.ts";
import { readWritten } from "../src/convert/testing/dequantize.ts";
import { Weights } from "../src/convert/weights.ts";
import { assertDefined } from "../src/core/assert.ts";
import type { ModelManifest } from "../src/core/manifest.ts";
import { protocolById } from "../src/core/protocols/index.ts";
import type { ScoreRequest } from "../src/core/scorer.ts";
import { multiply } from "../src/engine/multiply.ts";
import { openModel } from "../src/engine/open-model.ts";
import { canaryRewards } from "../src/engine/score-canary.ts";
import { scoreTrace } from "../src/engine/score-trace.ts";
import type { LoadedTokenizer } from "../src/engine/tokenizer.ts";

const FIXTURES = fileURLToPath(new URL("../e2e/fixtures/", import.meta.url));
/** Chains for checkpoints that have none of their own. */
const OTHER_CHAINS = "stepscope-prm";

const WAYS = [
  ["plain", { rounding: "plain" }],
  ["fitted", { rounding: "asymmetric" }],
  ["chosen", {}],
] as const satisfies readonly (readonly [string, Partial<BlockSchemeOptions>])[];

const DTYPES = [
  ["q8", 8],
  ["q4", 4],
  ["q4f16", 4],
] as const;

/** Chains whose tokens go through single layers: some hundred tokens say enough of those. */
const LAYER_CHAINS = 2;

interface Subject {
  readonly name: string;
  close(): Promise<void>;
  readonly request: Omit<ConvertRequest, "scheme" | "sequences">;
  readonly tokenizer: LoadedTokenizer;
  readonly chains: readonly ScoreRequest[];
}

/** What a converted model gives for the chains. */
interface Outcome {
  readonly rewards: readonly number[];
  readonly logits: readonly number[];
}

interface Errors {
  readonly largestReward: number;
  readonly meanReward: number;
  readonly logits: number;
  readonly layers: number;
  readonly bytes: number;
  /** Matrices by the way that was chosen. */
  readonly counts: Readonly<Record<string, number>>;
}

const never = () => new AbortController().signal;

async function openSubject(folder: string, protocolId?: string): Promise<Subject> {
  const files = await openFolder(folder);
  const config = await readJson(files, "config.json");
  const plan = planDecoder(config);
  const checkpoint = await openCheckpoint(files);
  const name = basename(folder);
  const protocol = protocolById(detectProtocol(checkpoint, plan, name, protocolId));
  const tokenizer = await readTokenizer(files);
  const expected = readdirSync(join(FIXTURES, "expected")).includes(`${name}.json`) ? name : OTHER_CHAINS;
  const text = readFileSync(join(FIXTURES, "expected", `${expected}.json`), "utf8");
  const { cases } = JSON.parse(text) as { cases: readonly ScoreRequest[] };
  return {
    name,
    close: () => files.close(),
    request: { files, checkpoint, config, plan, protocol, candidateIds: candidateIds(protocol, tokenizer) },
    tokenizer,
    chains: cases,
  };
}

/** Token ids that a chain is scored with. */
async function sequencesOf({ request, tokenizer }: Subject, chain: ScoreRequest) {
  let sequences: readonly (readonly number[])[] = [];
  const stop = new Error("only the ids are wanted");
  const asked = canaryRewards(request.protocol, tokenizer, chain, async (ids) => {
    sequences = ids;
    throw stop;
  });
  await asked.catch((thrown: unknown) => {
    if (thrown !== stop) {
      throw thrown;
    }
  });
  return sequences;
}

async function writeModel(subject: Subject, scheme: Scheme, out: string) {
  const workshop = folderWorkshop(out);
  const sequences = await sequencesOf(subject, CANARY);
  const ctx = { signal: never(), emit: () => undefined };
  const { files, choices } = await convert(
    { ...subject.request, scheme, sequences },
    workshop.sink,
    multiply,
    ctx,
  );
  return { files, choices, opened: openFolderOnCpu(out) };
}

async function score(
  { request, tokenizer, chains }: Subject,
  scheme: Scheme,
  { opened }: Awaited<ReturnType<typeof writeModel>>,
): Promise<Outcome> {
  const context = contextOf(request.plan, request.protocol);
  // The part of a manifest that opening a model reads.
  const manifest = {
    id: "bench",
    name: "bench",
    protocol: request.protocol.id,
    dtype: scheme.id,
    context,
  } as ModelManifest;
  const { candidate, ...written } = opened;
  const model = await openModel({ ...written, manifest }, candidate, tokenizer);
  try {
    const steps = [];
    for (const chain of chains) {
      const scored = await scoreTrace(model.scoring, chain, { signal: never(), emit: () => undefined });
      steps.push(...scored.steps);
    }
    return {
      rewards: steps.map(({ reward }) => reward),
      logits: steps.flatMap(({ read }) => read.logits.flat()),
    };
  } finally {
    await model.release();
  }
}

/** Mean over the layers of `|X (W - W')| / |X W|`, X being what the chains bring. */
async function layerError(subject: Subject, written: ReadonlyMap<string, Float32Array>): Promise<number> {
  const { request, chains } = subject;
  const sums = new Map<string, { error: number; whole: number }>();
  let current = { tensor: "", next: 0 };
  const noted: FedMatrices = {
    partsOf: async ({ rows }) => [{ first: 0, count: rows }],
    open: async ({ tensor }) => {
      current = { tensor, next: 0 };
      return undefined;
    },
  };
  const weights = new Weights(request.checkpoint, never());
  for (const chain of chains.slice(0, LAYER_CHAINS)) {
    const sequences = await sequencesOf(subject, chain);
    const pass = new ReferencePass(
      { ...request, weights, head: request.protocol.head, sequences, activations: "float" },
      async (a, b, k) => {
        const product = await multiply(a, b, k);
        const other = written.get(current.tensor)?.subarray(current.next, current.next + a.length);
        // Attention multiplies as well, with numbers that are no weights.
        if (other?.length === a.length && current.tensor.includes("_proj")) {
          current.next += a.length;
          const differing = await multiply(subtract(a, other), b, k);
          const sum = sums.get(current.tensor) ?? { error: 0, whole: 0 };
          sum.error += energy(differing);
          sum.whole += energy(product);
          sums.set(current.tensor, sum);
        }
        return product;
      },
      noted,
    );
    await pass.run();
  }
  const ratios = [...sums.values()].map(({ error, whole }) => Math.sqrt(error / whole));
  return mean(ratios);
}

function energy(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    sum += (values[at] ?? Number.NaN) ** 2;
  }
  return sum;
}

function subtract(a: Float32Array, b: Float32Array): Float32Array {
  const difference = new Float32Array(a.length);
  for (let at = 0; at < a.length; at += 1) {
    difference[at] = (a[at] ?? Number.NaN) - (b[at] ?? Number.NaN);
  }
  return difference;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function measure(subject: Subject, scheme: Scheme, reference: Outcome, out: string): Promise<Errors> {
  const model = await writeModel(subject, scheme, out);
  const own = await score(subject, scheme, model);
  const difference = (key: keyof Outcome) =>
    reference[key].map((value, at) => value - assertDefined(own[key][at], "number"));
  const rewards = difference("rewards").map(Math.abs);
  const data = new Map(model.files.map(({ path }) => [path, readFileSync(join(out, path))]));
  const graph = assertDefined(
    [...data].find(([path]) => path.endsWith(".onnx")),
    "graph",
  )[1];
  const shapes = new Map(
    [...subject.request.checkpoint.tensors.values()].map(({ name, shape }) => [name, shape]),
  );
  const { prefix } = new Weights(subject.request.checkpoint, never());
  const written = readWritten(graph, data, shapes, prefix);
  rmSync(out, { recursive: true });
  return {
    largestReward: Math.max(...rewards),
    meanReward: mean(rewards),
    logits: Math.sqrt(energy(difference("logits")) / energy(reference.logits)),
    layers: await layerError(subject, written),
    bytes: model.files.reduce((sum, { size }) => sum + size, 0),
    counts: countChoices(model.choices),
  };
}

/** @param folders `folder` or `folder=protocol`; the golden checkpoints when there are none. */
export async function benchQuality(folders: readonly string[]): Promise<void> {
  const golden = readdirSync(join(FIXTURES, "checkpoints")).map((name) =>
    join(FIXTURES, "checkpoints", name),
  );
  const scratch = mkdtempSync(join(tmpdir(), "stepscope-quality-"));
  const found = new Map<string, Errors[]>();
  try {
    for (const named of folders.length > 0 ? folders : golden) {
      const [folder = "", protocol] = named.split("=");
      const subject = await openSubject(folder, protocol);
      const exact = schemeById("fp32");
      const fp32 = join(scratch, "fp32");
      const reference = await score(subject, exact, await writeModel(subject, exact, fp32));
      rmSync(fp32, { recursive: true });
      for (const [dtype, bits] of DTYPES) {
        for (const [way, options] of WAYS) {
          const scheme = blockScheme({ ...schemeById(dtype), bits, ...options });
          const errors = await measure(subject, scheme, reference, join(scratch, "model"));
          const key = `${dtype} ${way}`;
          found.set(key, [...(found.get(key) ?? []), errors]);
          const counts = Object.entries(errors.counts).map(([name, count]) => `${count} ${name}`);
          if (counts.length > 0) {
            console.log(`${subject.name}, ${dtype}: ${counts.join(", ")}`);
          }
        }
      }
      await subject.close();
      console.log(`${subject.name}: ${subject.chains.length} chains, ${reference.rewards.length} steps`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.table(
    Object.fromEntries(
      [...found].map(([key, all]) => [
        key,
        {
          "reward, largest error": Math.max(...all.map(({ largestReward }) => largestReward)).toFixed(4),
          "reward, mean error": mean(all.map(({ meanReward }) => meanReward)).toFixed(5),
          "logits, relative": mean(all.map(({ logits }) => logits)).toFixed(4),
          "layers' outputs, relative": mean(all.map(({ layers }) => layers)).toFixed(4),
          "size, MB": (all.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(2),
        },
      ]),
    ),
  );
}
