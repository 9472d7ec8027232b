import { useState } from "react";
import { assertDefined } from "../../core/assert.ts";
import type { PromptView, StepScore } from "../../core/trace.ts";
import type { Run } from "../../state/runs.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { formatCount, formatMilliseconds, plural } from "../../ui/format-number.ts";
import { FROZEN_MARK, useFrozen } from "../../ui/frozen.ts";
import { LogitTable } from "./logit-table.tsx";

const MS_PER_S = 1000;
/** Tokens of context shown on either side of the step before "show more". */
const AROUND = 60;
const MORE = 400;

interface ModelSawProps {
  readonly run: Run;
  readonly score: StepScore;
}

/** The exact input, the exact positions that were read and the exact numbers found there. */
export function ModelSaw({ run, score }: ModelSawProps) {
  const { prompt, timing } = run;
  return (
    <Disclosure title="What the model saw" className="border-t border-line pt-1">
      {() => (
        <div className="flex flex-col gap-4 pt-1">
          {timing && <Timing timing={timing} isBeforehand={run.example !== undefined} />}
          {prompt === undefined ? (
            <p className="text-xs text-ink-3">The prompt is shown when the run has ended.</p>
          ) : (
            <PromptWindow key={score.index} prompt={prompt} score={score} />
          )}
          <LogitTable key={`logits-${score.index}`} prompt={prompt} score={score} />
        </div>
      )}
    </Disclosure>
  );
}

interface TimingProps {
  readonly timing: NonNullable<Run["timing"]>;
  /** Measured where the example was scored, not here. */
  readonly isBeforehand: boolean;
}

function Timing({ timing, isBeforehand }: TimingProps) {
  const isFrozen = useFrozen();
  const { forward, tokens, reused, chunks } = timing;
  const speed = forward > 0 ? formatCount((tokens / forward) * MS_PER_S) : FROZEN_MARK;
  return (
    <p className="text-xs leading-[18px] text-ink-2">
      {plural(tokens, "token")} in {isFrozen ? FROZEN_MARK : formatMilliseconds(forward)} of forward passes (
      {plural(chunks, "chunk")}), {isFrozen ? FROZEN_MARK : speed} tokens/s
      {reused > 0 ? `; ${formatCount(reused)} reused from earlier runs` : ""}
      {isBeforehand ? ", measured when the example was scored, not here" : ""}.
    </p>
  );
}

function PromptWindow({ prompt, score }: { readonly prompt: PromptView; readonly score: StepScore }) {
  const [around, setAround] = useState(AROUND);
  const [start, end] = score.read.tokens;
  const from = Math.max(0, start - around);
  const to = Math.min(prompt.tokens.length, end + around);
  const read = new Set(score.read.positions);
  const more = () => setAround(around + MORE);
  return (
    <section aria-label="Prompt" className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <h3 className="caption">Prompt, {formatCount(prompt.ids.length)} tokens</h3>
        <CopyButton label="Copy prompt" text={() => prompt.text} />
      </div>
      <div className="max-h-64 overflow-y-auto rounded-md border border-line bg-sunken px-2 py-1.5 font-mono text-2xs leading-[18px] break-words whitespace-pre-wrap">
        {from > 0 && (
          <Button kind="link" className="mb-1 font-sans text-2xs" onClick={more}>
            Show {formatCount(Math.min(MORE, from))} tokens before
          </Button>
        )}
        <p>
          {prompt.tokens.slice(from, to).map((token, offset) => {
            const position = from + offset;
            const isStep = position >= start && position < end;
            return (
              <span
                key={position}
                title={`token ${position}, id ${assertDefined(prompt.ids[position], "token id")}`}
                className={classNames(
                  isStep ? "bg-accent-soft text-ink" : "text-ink-3",
                  read.has(position) && "border-b border-accent",
                )}
              >
                {token === "\n" ? "↵\n" : token}
              </span>
            );
          })}
        </p>
        {to < prompt.tokens.length && (
          <Button kind="link" className="mt-1 font-sans text-2xs" onClick={more}>
            Show {formatCount(Math.min(MORE, prompt.tokens.length - to))} tokens after
          </Button>
        )}
      </div>
      <p className="text-2xs text-ink-3">Shaded: this step’s tokens. Underlined: where logits were read.</p>
    </section>
  );
}
