/**
 * `stepscope.json`: what a model folder says about itself. It names the protocol, lists every file with
 * its size and SHA-256, and carries a canary: a chain with the rewards the reference computed for it.
 */
import * as v from "valibot";
import { Dtype } from "./dtypes.ts";
import { AppError } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import { isKeptName } from "./model-name.ts";

export const MANIFEST_FILE = "stepscope.json";

/** The licence of weights that come with none. */
export const NOT_STATED = "not stated";

/** Larger than any published PRM's vocabulary of files needs; a manifest beyond it is not one. */
const MAX_FILES = 256;

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex"));

/** Relative, inside the folder: no empty, `.` or `..` part, no back slash, no scheme. */
export const FilePath = v.pipe(
  v.string(),
  v.regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:?#]+$/, "is not a path inside the model's folder"),
);
/** Most protocols have rewards in [0, 1]; a difference of two probabilities is in [-1, 1]. */
const Reward = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));

const Name = v.pipe(v.string(), v.check(isKeptName, "is not a name that a model can have"));

const Count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A file as a manifest lists it. */
export const FileEntry = v.object({
  path: FilePath,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256: Sha256,
});

const ManifestSchema = v.object({
  format: v.literal(1),
  id: Name,
  name: Name,
  protocol: v.pipe(v.string(), v.nonEmpty()),
  dtype: Dtype,
  context: Count,
  threshold: Reward,
  licence: v.pipe(v.string(), v.nonEmpty()),
  base: v.optional(v.string()),
  /** What the logits are made of, and how many there are at a position. */
  head: v.optional(v.object({ kind: v.string(), outputs: Count })),
  /** Where the weights come from. */
  source: v.optional(v.object({ repository: v.string(), revision: v.optional(v.string()) })),
  /** Version of the converter that wrote the folder. */
  converter: v.optional(v.string()),
  /** How many matrices of linear layers are stored in which way, where that was measured. */
  quantization: v.optional(v.record(v.string(), Count)),
  files: v.pipe(v.array(FileEntry), v.minLength(1), v.maxLength(MAX_FILES)),
  canary: v.object({
    problem: v.string(),
    steps: v.pipe(v.array(v.string()), v.minLength(1)),
    /** Of the checkpoint itself, in float32. */
    rewards: v.array(Reward),
    /** Of the converted model, where it was converted: what every other device must find. Absent: `rewards`. */
    converted_rewards: v.optional(v.array(Reward)),
    trajectory_reward: v.optional(Reward),
    /** Largest difference a device may show. */
    tolerance: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
});

export type ModelManifest = v.InferOutput<typeof ManifestSchema>;
export type ManifestFile = ModelManifest["files"][number];

/**
 * Checks a parsed `stepscope.json`.
 * @throws AppError `malformed-file`, naming the field.
 */
export function parseManifest(value: unknown, modelId: string): ModelManifest {
  const result = v.safeParse(ManifestSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    const where = v.getDotPath(issue) ?? "the top level";
    throw new AppError(
      "malformed-file",
      `${modelId}: ${MANIFEST_FILE} is wrong at ${where}: ${issue.message}`,
    );
  }
  const { canary } = result.output;
  const lists = [canary.rewards, canary.converted_rewards ?? canary.rewards];
  if (lists.some(({ length }) => length !== canary.steps.length)) {
    throw new AppError(
      "malformed-file",
      `${modelId}: ${MANIFEST_FILE} has ${canary.steps.length} canary steps but ${canary.rewards.length} rewards`,
    );
  }
  return result.output;
}

/** Sum of the sizes the manifest declares, in bytes. */
export function manifestSize(manifest: Pick<ModelManifest, "files">): number {
  return manifest.files.reduce((sum, file) => sum + file.size, 0);
}

/**
 * Tells by its files and by how they are read whether a model is the very one that scored something: equal wherever it
 * is kept and whatever it is called there.
 */
export function modelDigest({
  protocol,
  dtype,
  context,
  files,
}: Pick<ModelManifest, "protocol" | "dtype" | "context" | "files">): string {
  const listed = files.map(({ path, size, sha256 }) => `${path}\n${size}\n${sha256}`).sort();
  return fingerprint([protocol, dtype, context, ...listed].join("\n"));
}

/**
 * Largest change of a canary reward by the conversion, from the checkpoint's own float32 pass; `undefined` when the
 * manifest does not say what the converted model was measured to give.
 */
export function conversionError({ canary }: Pick<ModelManifest, "canary">): number | undefined {
  const { rewards, converted_rewards: converted } = canary;
  return (
    converted &&
    Math.max(...rewards.map((reward, index) => Math.abs(reward - (converted[index] ?? Number.NaN))))
  );
}
