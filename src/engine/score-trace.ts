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
import type { ChunkSize } from "./chunk-size.ts";
import type { ForwardPass } from "./forward-pass.ts";
import { assertFits, type MemoryPlan } from "./memory-plan.ts";
import type { FedTokens, WantedRead } from "./prefix-plan.ts";
import { type LogitRows, positionsOf, readStep, readTrajectory } from "./readout.ts";
import type { Sequence } from "./sequence.ts";
import type { SequencePool } from "./sequence-pool.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

export interface ScoringModel {
  readonly protocol: Protocol;
  readonly tokenizer: LoadedTokenizer;
  /** Longest input, in tokens. */
  readonly context: number;
  readonly forward: ForwardPass;
  readonly pool: SequencePool;
  readonly memory: MemoryPlan;
  readonly chunk: ChunkSize;
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

/** What the model reads for a request, cut to its context. */
export function encodeRequest(
  { protocol, tokenizer, context }: Pick<ScoringModel, "protocol" | "tokenizer" | "context">,
  request: ScoreRequest,
): EncodedPrompt {
  return encodePrompt(protocol.render(request, tokenizer.context), request.steps.length, tokenizer, {
    context,
    readsPrefixes: protocol.readsPrefixes ?? false,
  });
}

/** The state of one pass. */
class ScoreRun {
  /** Tokens whose keys and values were there already. */
  readonly reused: TokenIndex;
  readonly #model: ScoringModel;
  readonly #request: ScoreRequest;
  readonly #options: ScoreOptions;
  readonly #encoded: EncodedPrompt;
  readonly #fed: FedTokens;
  readonly #positions: ReadonlySet<TokenIndex>;
  readonly #sequence: Sequence;
  readonly #scores: StepScore[] = [];
  #done: TokenIndex;
  #reported = 0;
  #prefixTokens = 0;
  #duration = 0;
  #chunks = 0;

  constructor(model: ScoringModel, request: ScoreRequest, options: ScoreOptions) {
    const { protocol, tokenizer, pool, memory } = model;
    this.#model = model;
    this.#request = request;
    this.#options = options;
    this.#encoded = encodeRequest(model, request);
    this.#fed = withNextIds(this.#encoded.ids, tokenizer);
    const reads = readsOf(protocol, this.#encoded);
    const spare = Math.max(0, ...this.#encoded.steps.map(({ prefix }) => prefix?.ids.length ?? 0));
    assertFits(memory, this.#total + spare);
    this.#positions = new Set(reads.flatMap(({ position, beside }) => (beside ? [] : [position])));
    const { sequence, reused } = pool.acquire(this.#fed, reads, spare);
    this.#sequence = sequence;
    this.reused = reused;
    this.#done = reused;
    this.#readUpTo(reused);
  }

  get #total(): number {
    return this.#fed.ids.length;
  }

  get isDone(): boolean {
    return this.#done >= this.#total && this.#scores.length === this.#encoded.steps.length;
  }

  /** One forward pass over the next chunk, or over the tokens of one prefix. */
  async advance(): Promise<void> {
    const { forward, tokenizer, chunk, memory } = this.#model;
    const started = performance.now();
    const from = this.#done;
    const next = this.#encoded.steps[this.#scores.length];
    if (next?.prefix?.shared === from) {
      const row = await forward.feedBeside(this.#sequence, withNextIds(next.prefix.ids, tokenizer));
      this.#prefixTokens += next.prefix.ids.length;
      this.#done = this.#sequence.ids.length;
      this.#score(next, { row: () => row });
    } else {
      // A chunk ends where the next prefix leaves the sequence.
      const bound =
        this.#encoded.steps.slice(this.#scores.length).find(({ prefix }) => prefix)?.prefix?.shared ??
        this.#total;
      const size = this.#options.chunkTokens ?? chunk.next(from, memory.largestChunk(this.#total));
      const to = Math.min(bound, from + size);
      await forward.feed(
        this.#sequence,
        { ids: this.#fed.ids.slice(from, to), nextIds: this.#fed.nextIds.slice(from, to) },
        this.#positions,
      );
      chunk.measured(from, to - from, performance.now() - started);
      this.#done = to;
      this.#readUpTo(to);
    }
    this.#duration += performance.now() - started;
    this.#chunks += 1;
  }

  /** Scores what needs no more computing. */
  #readUpTo(done: TokenIndex): void {
    for (;;) {
      const step = this.#encoded.steps[this.#scores.length];
      if (step === undefined) {
        return;
      }
      if (step.prefix !== undefined) {
        const row = this.#sequence.rowBeside(step.prefix.shared, step.prefix.ids);
        if (step.prefix.shared > done || row === undefined) {
          return;
        }
        this.#score(step, { row: () => row });
      } else if (Math.max(step.tokens[1], step.read + 1) > done) {
        return;
      } else {
        this.#score(step, this.#sequence);
      }
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
    return { steps, tokensDone: this.#done, tokensTotal: this.#total };
  }

  result(): ScoredTrace {
    const { protocol, tokenizer } = this.#model;
    const stepCount = this.#request.steps.length;
    const scored = this.#scores.length;
    const trajectoryReward =
      this.isDone && scored === stepCount
        ? readTrajectory(protocol, this.#scores, this.#total - 1, this.#sequence)
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
        tokens: Math.max(0, this.#done - this.reused) + this.#prefixTokens,
        reused: this.reused,
        chunks: this.#chunks,
      },
    };
  }
}

/** The logits a prompt's steps, and the trajectory, are read from. */
function readsOf({ readout }: Protocol, { ids, steps }: EncodedPrompt): WantedRead[] {
  const ofSteps = steps.flatMap((step): WantedRead[] =>
    step.prefix === undefined
      ? positionsOf(readout, step).map((position) => ({ position }))
      : [{ position: step.prefix.shared, beside: step.prefix.ids }],
  );
  return readout.kind === "token-hazard" ? [...ofSteps, { position: ids.length - 1 }] : ofSteps;
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
  return { ids, tokens: ids.map((id) => tokenizer.textOf(id)), text: tokenizer.decode(ids) };
}
