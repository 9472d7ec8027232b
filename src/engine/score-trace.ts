/**
 * One pass over a trace: encodes the prompt, feeds it in chunks, and reads every step whose tokens are
 * complete after each chunk.
 */
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { type EncodedPrompt, type EncodedStep, encodePrompt } from "../core/protocols/encode-prompt.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { CallContext, ScoreProgress, ScoreRequest } from "../core/scorer.ts";
import type { PromptView, ScoredTrace, StepScore } from "../core/trace.ts";
import type { TokenIndex } from "../core/units.ts";
import { ChunkSize } from "./chunk-size.ts";
import type { ForwardPass } from "./forward-pass.ts";
import type { FedTokens } from "./prefix-plan.ts";
import { type LogitRows, positionsOf, readStep, readTrajectory } from "./readout.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

export interface ScoringModel {
  readonly protocol: Protocol;
  readonly tokenizer: LoadedTokenizer;
  /** Longest input, in tokens. */
  readonly context: number;
  readonly forward: ForwardPass;
}

/** Fixes the chunk size, for tests of chunk invariance; absent: chosen by measured speed. */
export interface ScoreOptions {
  readonly chunkTokens?: number;
}

export async function scoreTrace(
  model: ScoringModel,
  request: ScoreRequest,
  ctx: CallContext<ScoreProgress>,
  options: ScoreOptions = {},
): Promise<ScoredTrace> {
  if (request.steps.length === 0) {
    throw new AppError("bad-input", "the chain of thought has no steps");
  }
  const run = new ScoreRun(model, request, options);
  if (run.reused > 0) {
    ctx.emit(run.progress());
  }
  while (!run.isDone && !ctx.signal.aborted) {
    await run.advance();
    ctx.emit(run.progress());
    // Lets an abort message in: WASM passes settle without ever returning to the event loop.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return run.result();
}

/** The state of one pass. */
class ScoreRun {
  readonly reused: TokenIndex;
  readonly #model: ScoringModel;
  readonly #request: ScoreRequest;
  readonly #options: ScoreOptions;
  readonly #encoded: EncodedPrompt;
  readonly #fed: FedTokens;
  readonly #positions: ReadonlySet<TokenIndex>;
  readonly #chunk = new ChunkSize();
  readonly #scores: StepScore[] = [];
  #reported = 0;
  #prefixTokens = 0;
  #duration = 0;
  #chunks = 0;

  constructor(model: ScoringModel, request: ScoreRequest, options: ScoreOptions) {
    const { protocol, tokenizer, context, forward } = model;
    this.#model = model;
    this.#request = request;
    this.#options = options;
    this.#encoded = encodePrompt(
      protocol.render(request, tokenizer.context),
      request.steps.length,
      tokenizer,
      {
        context,
        readsPrefixes: protocol.readsPrefixes ?? false,
      },
    );
    this.#fed = withNextIds(this.#encoded.ids, tokenizer);
    this.#positions = new Set(
      this.#encoded.steps.flatMap((step) =>
        step.prefix === undefined ? positionsOf(protocol.readout, step) : [],
      ),
    );
    this.reused = forward.start(this.#fed, this.#positions);
    // A prefix is read where it leaves the sequence: a cache that is past that place cannot go back.
    if (this.#encoded.steps.some(({ prefix }) => prefix !== undefined && prefix.shared < this.reused)) {
      forward.reset();
      this.reused = 0;
    }
    this.#readUpTo(this.reused);
  }

  get #total(): number {
    return this.#fed.ids.length;
  }

  get isDone(): boolean {
    return this.#model.forward.length >= this.#total && this.#scores.length === this.#encoded.steps.length;
  }

  /** One forward pass over the next chunk, or over the tokens of one prefix. */
  async advance(): Promise<void> {
    const { forward, tokenizer } = this.#model;
    const started = performance.now();
    const from = forward.length;
    const next = this.#encoded.steps[this.#scores.length];
    if (next?.prefix?.shared === from) {
      const row = await forward.peek(withNextIds(next.prefix.ids, tokenizer));
      this.#prefixTokens += next.prefix.ids.length;
      this.#score(next, { row: () => row });
    } else {
      // A chunk ends where the next prefix leaves the sequence.
      const bound =
        this.#encoded.steps.slice(this.#scores.length).find(({ prefix }) => prefix)?.prefix?.shared ??
        this.#total;
      const to = Math.min(bound, from + (this.#options.chunkTokens ?? this.#chunk.tokens));
      await forward.feed(
        { ids: this.#fed.ids.slice(from, to), nextIds: this.#fed.nextIds.slice(from, to) },
        this.#positions,
      );
      this.#chunk.measured(to - from, performance.now() - started);
      this.#readUpTo(to);
    }
    this.#duration += performance.now() - started;
    this.#chunks += 1;
  }

  #readUpTo(done: TokenIndex): void {
    for (;;) {
      const step = this.#encoded.steps[this.#scores.length];
      if (step === undefined || step.prefix !== undefined || Math.max(step.tokens[1], step.read + 1) > done) {
        return;
      }
      this.#score(step, this.#model.forward);
    }
  }

  #score(encoded: EncodedStep, rows: LogitRows): void {
    const index = this.#scores.length;
    const { protocol, tokenizer } = this.#model;
    const text = assertDefined(this.#request.steps[index], "step text");
    const tokens = this.#encoded.ids.slice(...encoded.tokens).map((id) => tokenizer.tokenOf(id));
    this.#scores.push(readStep(protocol.readout, { index, text, encoded, tokens }, rows));
  }

  progress(): ScoreProgress {
    const steps = this.#scores.slice(this.#reported);
    this.#reported = this.#scores.length;
    return { steps, tokensDone: this.#model.forward.length, tokensTotal: this.#total };
  }

  result(): ScoredTrace {
    const { protocol, tokenizer, forward } = this.#model;
    const stepCount = this.#request.steps.length;
    const scored = this.#scores.length;
    const trajectoryReward =
      this.isDone && scored === stepCount
        ? readTrajectory(protocol, this.#scores, this.#total - 1, forward)
        : undefined;
    return {
      steps: this.#scores,
      stepCount,
      ...(scored === stepCount
        ? {}
        : {
            notScored: {
              from: scored,
              reason: scored === this.#encoded.steps.length ? "beyond-context" : "stopped",
            },
          }),
      ...(trajectoryReward === undefined ? {} : { trajectoryReward }),
      prompt: promptView(this.#encoded, tokenizer),
      timing: {
        forward: this.#duration,
        tokens: forward.length - this.reused + this.#prefixTokens,
        reused: this.reused,
        chunks: this.#chunks,
      },
    };
  }
}

/**
 * The id announced after each position. After the last one nothing follows; the model card of stepscope-prm
 * feeds a newline there, and no reward depends on it.
 */
function withNextIds(ids: readonly number[], tokenizer: LoadedTokenizer): FedTokens {
  const newline = assertDefined(tokenizer.encodeText("\n")[0], "newline token");
  return { ids, nextIds: [...ids.slice(1), newline] };
}

function promptView({ ids }: EncodedPrompt, tokenizer: LoadedTokenizer): PromptView {
  return { ids, tokens: ids.map((id) => tokenizer.decode([id])), text: tokenizer.decode(ids) };
}
