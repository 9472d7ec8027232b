/** A canary's rewards from logits that were computed elsewhere, through the engine's own encoding and read-out. */
import { assertDefined } from "../core/assert.ts";
import { encodePrompt } from "../core/protocols/encode-prompt.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { ScoreRequest } from "../core/scorer.ts";
import { readStep } from "./readout.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

/** Logits of every token of every sequence, `[sequence][token][width]`. */
export type ComputeLogits = (
  sequences: readonly (readonly number[])[],
) => Promise<readonly (readonly (readonly number[])[])[]>;

/**
 * The step rewards of `request`, one sequence for the whole and one for each prefix that leaves it.
 * @param tokenizer Can carry the protocol: see `checkProtocol`.
 */
export async function canaryRewards(
  protocol: Protocol,
  tokenizer: LoadedTokenizer,
  request: ScoreRequest,
  compute: ComputeLogits,
): Promise<number[]> {
  const encoded = encodePrompt(protocol.render(request, tokenizer.context), request.steps.length, tokenizer, {
    context: protocol.maxTokens,
    readsPrefixes: protocol.readsPrefixes ?? false,
  });
  const prefixes = encoded.steps.flatMap(({ prefix }) =>
    prefix === undefined ? [] : [[...encoded.ids.slice(0, prefix.shared), ...prefix.ids]],
  );
  const [whole, ...ofPrefixes] = await compute([encoded.ids, ...prefixes]);
  let nextPrefix = 0;
  return encoded.steps.map((step, index) => {
    let rows = assertDefined(whole, "logits");
    if (step.prefix !== undefined) {
      rows = assertDefined(ofPrefixes[nextPrefix], "logits of a prefix");
      nextPrefix += 1;
    }
    const text = assertDefined(request.steps[index], "step text");
    const read = { index, text, encoded: step, tokens: [] };
    return readStep(protocol.readout, read, { row: (token) => assertDefined(rows[token], "logits") }).reward;
  });
}
