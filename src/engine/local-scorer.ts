/** The Scorer that does the work. Everything about where it runs comes from its host. */
import { AppError, throwIfAborted } from "../core/errors.ts";
import { type ModelManifest, manifestSize, modelDigest } from "../core/manifest.ts";
import { protocolOf } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { refuseUnsupported } from "../core/protocols/unsupported.ts";
import type {
  CallContext,
  DeviceInfo,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  RunWay,
  ScoreProgress,
  ScoreRequest,
  Scorer,
  TokenCount,
} from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { checkProtocol } from "./check-protocol.ts";
import type { DeviceCandidate, EngineHost } from "./host.ts";
import { type OpenModel, openModel } from "./open-model.ts";
import { encodeRequest, scoreTrace } from "./score-trace.ts";
import { measureSpeed, runSelfTest } from "./self-test.ts";
import { loadTokenizer } from "./tokenizer.ts";

export class LocalScorer implements Scorer {
  readonly #host: EngineHost;
  #loaded: OpenModel | undefined;
  /** One job at a time: ONNX Runtime's sessions are not re-entrant. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(host: EngineHost) {
    this.#host = host;
  }

  load(params: LoadRequest, ctx: CallContext<LoadProgress>): Promise<LoadedModel> {
    return this.#enqueue(() => this.#load(params, ctx));
  }

  score(params: ScoreRequest, ctx: CallContext<ScoreProgress>): Promise<ScoredTrace> {
    return this.#enqueue(() => {
      if (this.#loaded === undefined) {
        throw new AppError("bad-input", "no model is loaded");
      }
      return scoreTrace(this.#loaded.scoring, params, ctx);
    });
  }

  async countTokens(params: ScoreRequest): Promise<TokenCount> {
    // Not in the queue: it needs the tokenizer alone, between the chunks of a run.
    if (this.#loaded === undefined) {
      throw new AppError("bad-input", "no model is loaded");
    }
    const { context } = this.#loaded.scoring;
    const { ids, steps } = encodeRequest(this.#loaded.scoring, params);
    return { steps: steps.map(({ tokens: [start, end] }) => end - start), total: ids.length, context };
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(job);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #load(
    { model, device, way, measuresSpeed = false, refused = [] }: LoadRequest,
    ctx: CallContext<LoadProgress>,
  ): Promise<LoadedModel> {
    throwIfAborted(ctx.signal);
    await this.#loaded?.release();
    this.#loaded = undefined;
    // Before anything is fetched: a model that cannot run has no files to look for.
    refuseUnsupported(model.id);
    const candidates = await this.#host.devices(device);
    const provided = await this.#host.provideModel(model, ctx);
    throwIfAborted(ctx.signal);
    const { candidate, ways, left } = choose(candidates, provided.manifest, way, refused);
    const { info } = candidate;
    ctx.emit({ phase: "compile", device: info });
    // What no device can change is found out before one is opened.
    const protocol = protocolOf(provided.manifest);
    const tokenizer = await loadTokenizer(provided);
    checkProtocol(protocol, tokenizer);
    try {
      this.#loaded = await openModel(provided, candidate, tokenizer);
      const { scoring } = this.#loaded;
      throwIfAborted(ctx.signal);
      ctx.emit({ phase: "self-test", device: info });
      const selfTest = await runSelfTest(scoring, provided.manifest, candidate.way, ctx.signal);
      const speed = measuresSpeed ? await measureSpeed(scoring, provided.manifest, ctx.signal) : undefined;
      return {
        ...summarize(provided.manifest, protocol),
        device: info,
        way: candidate.way,
        ways,
        ...(speed === undefined ? {} : { tokensPerSecond: speed }),
        selfTest,
      };
    } catch (thrown) {
      await this.#loaded?.release().catch(() => undefined);
      this.#loaded = undefined;
      throw refuse(AppError.from(thrown), info, left);
    }
  }
}

interface Choice {
  readonly candidate: DeviceCandidate;
  readonly ways: readonly RunWay[];
  /** Candidates that are left if this one fails. */
  readonly left: number;
}

/**
 * The next device to try, with the reason it is.
 * @param refused Why those before it were refused, in order.
 * @throws AppError `webgpu-unavailable` when none is left.
 */
function choose(
  candidates: readonly DeviceCandidate[],
  manifest: ModelManifest,
  way: string | undefined,
  refused: readonly string[],
): Choice {
  const objections = candidates.map((one) => one.objection?.(manifest));
  const able = candidates.filter((_, index) => objections[index] === undefined);
  const wanted = able.filter((one) => (way === undefined ? one.way.isExact : one.way.id === way));
  const candidate = wanted[refused.length];
  const [first] = candidates;
  const objection = objections.find((one) => one !== undefined);
  if (candidate === undefined || first === undefined) {
    throw new AppError("webgpu-unavailable", objection ?? "no device is left to try");
  }
  const passedOver = first.info.label === candidate.info.label ? undefined : objections[0];
  const reason =
    refused.at(-1) ??
    (passedOver && `${first.info.label} was refused: ${passedOver}`) ??
    candidate.info.reason;
  return {
    candidate: { ...candidate, info: { ...candidate.info, reason } },
    ways: able
      .map((one) => one.way)
      .filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index),
    left: wanted.length - refused.length - 1,
  };
}

/** Adds what is needed to go on with the next device: its name and how many are left. */
function refuse(error: AppError, info: DeviceInfo, left: number): AppError {
  return new AppError(
    error.code,
    error.message,
    { ...error.details, device: info.label, devicesLeft: left },
    error,
  );
}

function summarize(
  manifest: ModelManifest,
  { note }: Protocol,
): Omit<LoadedModel, "device" | "way" | "ways" | "selfTest"> {
  return {
    id: manifest.id,
    digest: modelDigest(manifest),
    name: manifest.name,
    protocol: manifest.protocol,
    dtype: manifest.dtype,
    licence: manifest.licence,
    size: manifestSize(manifest),
    context: manifest.context,
    threshold: manifest.threshold,
    ...(note === undefined ? {} : { note }),
  };
}
