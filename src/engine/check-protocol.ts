/** What a protocol takes for granted of a tokenizer, tried out before any score is computed. */
import { AppError } from "../core/errors.ts";
import { encodePrompt } from "../core/protocols/encode-prompt.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import { checkTokens, type LoadedTokenizer } from "./tokenizer.ts";

/** Plain text that every tokenizer can encode: what goes wrong with it is not the text's fault. */
const PROBE = { problem: "What is 2 + 2?", steps: ["2 + 2 = 4.", "The answer is 4."] };

/** A softmax over rows of which two are the same says nothing. */
function checkCandidates({ head }: Protocol, tokenizer: LoadedTokenizer): void {
  if (head.kind !== "lm-rows") {
    return;
  }
  const ids = head.candidates.map((text) => {
    const encoded = tokenizer.encodeText(text);
    if (encoded.length !== 1) {
      throw new AppError(
        "unsupported-model",
        `the protocol reads the answer ${JSON.stringify(text)} from one token, and in this tokenizer it is ${encoded.length}`,
      );
    }
    return encoded[0];
  });
  if (new Set(ids).size !== ids.length) {
    const texts = head.candidates.map((text) => JSON.stringify(text)).join(" and ");
    throw new AppError(
      "unsupported-model",
      `the protocol reads ${texts} from tokens of their own, and in this tokenizer they are the same`,
    );
  }
}

/**
 * Refuses a tokenizer that cannot carry the protocol: wrong or missing tokens, answers that are not single distinct
 * tokens, a chat template that loses messages, markers that run into the text, steps without a read position.
 * @throws AppError `unsupported-model`, naming what was expected.
 */
export function checkProtocol(protocol: Protocol, tokenizer: LoadedTokenizer): void {
  checkTokens(protocol.checks, tokenizer);
  checkCandidates(protocol, tokenizer);
  encodePrompt(protocol.render(PROBE, tokenizer.context), PROBE.steps.length, tokenizer, {
    context: Number.POSITIVE_INFINITY,
    readsPrefixes: protocol.readsPrefixes ?? false,
  });
}
