/**
 * One pass over a trace: encodes the prompt, feeds it in chunks, and reads every step whose tokens are
 * complete after each chunk.
 */
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { type EncodedPrompt, encodePrompt } from "../core/protocols/encode-prompt.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { CallContext, ScoreProgress, ScoreRequest } from "../core/scorer.ts";
import type { PromptView, ScoredTrace, StepScore } from "../core/trace.ts";
import type { TokenIndex } from "../core/units.ts";
import { ChunkSize } from "./chunk-size.ts";
import type { ForwardPass } from "./forward-pass.ts";
import type { FedTokens } from "./prefix-plan.ts";
import { readStep, readTrajectory, type StepToRead } from "./readout.ts";
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
  const { tokenizer, protocol, forward } = model;
  const pieces = protocol.render(request, tokenizer.chat);
  const encoded = encodePrompt(pieces, request.steps.length, tokenizer, model.context);
  const fed = withNextIds(encoded, tokenizer);
  const reused = forward.start(fed);
  const scores: StepScore[] = [];
  const readUpTo = (done: TokenIndex): StepScore[] => {
    const fresh: StepScore[] = [];
    for (;;) {
      const index = scores.length;
      const step = encoded.steps[index];
      if (step === undefined || step.tokens[1] > done) {
        return fresh;
      }
      const score = readStep(protocol.readout, stepToRead(request, encoded, index, tokenizer), forward);
      scores.push(score);
      fresh.push(score);
    }
  };
  const total = fed.ids.length;
  if (reused > 0) {
    ctx.emit({ steps: readUpTo(reused), tokensDone: reused, tokensTotal: total });
  }
  const chunk = new ChunkSize();
  let duration = 0;
  let chunks = 0;
  while (forward.length < total && !ctx.signal.aborted) {
    const from = forward.length;
    const to = Math.min(total, from + (options.chunkTokens ?? chunk.tokens));
    const started = performance.now();
    await forward.feed({ ids: fed.ids.slice(from, to), nextIds: fed.nextIds.slice(from, to) });
    const elapsed = performance.now() - started;
    chunk.measured(to - from, elapsed);
    duration += elapsed;
    chunks += 1;
    ctx.emit({ steps: readUpTo(to), tokensDone: to, tokensTotal: total });
    // Lets an abort message in: WASM passes settle without ever returning to the event loop.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const stepCount = request.steps.length;
  const complete = scores.length === stepCount && forward.length >= total;
  const trajectoryReward = complete ? readTrajectory(protocol.readout, total - 1, forward) : undefined;
  return {
    steps: scores,
    stepCount,
    ...(scores.length === stepCount
      ? {}
      : {
          notScored: {
            from: scores.length,
            reason: scores.length === encoded.steps.length ? "beyond-context" : "stopped",
          },
        }),
    ...(trajectoryReward === undefined ? {} : { trajectoryReward }),
    prompt: promptView(encoded, tokenizer),
    timing: { forward: duration, tokens: forward.length - reused, reused, chunks },
  };
}

/**
 * The id announced after each position. After the last one nothing follows; the model card feeds a newline
 * there, and no reward depends on it.
 */
function withNextIds({ ids }: EncodedPrompt, tokenizer: LoadedTokenizer): FedTokens {
  const newline = assertDefined(tokenizer.encodeText("\n")[0], "newline token");
  return { ids, nextIds: [...ids.slice(1), newline] };
}

function stepToRead(
  request: ScoreRequest,
  { ids, steps }: EncodedPrompt,
  index: number,
  tokenizer: LoadedTokenizer,
): StepToRead {
  const encoded = assertDefined(steps[index], "encoded step");
  return {
    index,
    text: assertDefined(request.steps[index], "step text"),
    encoded,
    tokens: ids.slice(...encoded.tokens).map((id) => tokenizer.tokenOf(id)),
  };
}

function promptView({ ids }: EncodedPrompt, tokenizer: LoadedTokenizer): PromptView {
  return { ids, tokens: ids.map((id) => tokenizer.decode([id])), text: tokenizer.decode(ids) };
}
