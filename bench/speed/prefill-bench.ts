/** Tokens a second by length, and what PyTorch needs for the same tokens of 1k, in turn. */
import { assertDefined } from "../../src/core/assert.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import type { OpenModel } from "../../src/engine/open-model.ts";
import { chainOfTokens } from "./chains.ts";
import { scoreFresh, type Timed } from "./cpu-model.ts";
import { fitGrowth, type Growth } from "./growth.ts";
import { COMPARED } from "./options.ts";
import type { Peer, PeerDtype } from "./peer.ts";
import type { Ratios } from "./ratios.ts";
import { inRounds, type Job, medianOf } from "./rounds.ts";

/** Chains from here on are measured fewer times. */
const LONG = 4096;
const MOST_LONG_ROUNDS = 3;

const PEER_DTYPES = ["float32", "bfloat16"] as const satisfies readonly PeerDtype[];

/** Logits of the two computations may differ by this: both round floats. */
const SAME_WITHIN = 1e-3;

export interface LengthSpeed {
  readonly tokens: number;
  readonly medianMs: Milliseconds;
  readonly tokensPerSecond: number;
  readonly runsMs: readonly Milliseconds[];
  /** The passes alone, without rendering and tokenizing: what PyTorch is timed for. */
  readonly passesMs: Milliseconds;
  /** Mean size of the chunks. */
  readonly chunk: number;
}

export interface PeerSpeed {
  readonly dtype: PeerDtype;
  readonly tokens: number;
  readonly medianMs: Milliseconds;
  readonly tokensPerSecond: number;
}

export interface PrefillResult {
  readonly lengths: readonly LengthSpeed[];
  readonly growth: Growth;
  /** Absent without a peer. */
  readonly peer?: {
    readonly label: string;
    readonly logitsError: number;
    readonly speeds: readonly PeerSpeed[];
  };
  readonly ratios: Ratios;
}

interface Subject {
  readonly asked: number;
  readonly run: () => Promise<Timed>;
  readonly passes: Milliseconds[];
  last: Timed;
}

export async function benchPrefill(
  model: OpenModel,
  lengths: readonly number[],
  runs: number,
  peer: Peer | undefined,
): Promise<PrefillResult> {
  const subjects: Subject[] = [];
  for (const asked of lengths) {
    const request = chainOfTokens(model.scoring, asked);
    const run = () => scoreFresh(model, request);
    // Not counted: it also warms up the runtime.
    subjects.push({ asked, run, passes: [], last: await run() });
  }
  const compared = subjects.find(({ asked }) => asked === COMPARED);
  const ids = compared?.last.trace.prompt.ids ?? [];
  const hasPeer = peer !== undefined && compared !== undefined;
  const logitsError = hasPeer ? await compareLogits(compared.last, peer) : Number.NaN;
  const jobs: Job[] = [
    ...subjects.map((subject) => ({
      name: String(subject.asked),
      ...(subject.asked >= LONG ? { rounds: MOST_LONG_ROUNDS } : {}),
      run: async () => {
        subject.last = await subject.run();
        subject.passes.push(subject.last.trace.timing.forward);
        return subject.last.duration;
      },
    })),
    ...(hasPeer ? PEER_DTYPES.map((dtype) => ({ name: dtype, run: () => peer.time(dtype, ids) })) : []),
  ];
  if (hasPeer) {
    await peer.time("bfloat16", ids);
  }
  const times = await inRounds(jobs, runs);
  const speeds = subjects.map(({ asked, passes, last }): LengthSpeed => {
    const { median: medianMs, runs: runsMs } = times(String(asked));
    const { tokens, chunks } = last.trace.timing;
    return {
      tokens,
      medianMs,
      tokensPerSecond: (tokens / medianMs) * 1e3,
      runsMs,
      passesMs: medianOf(passes),
      chunk: tokens / chunks,
    };
  });
  const growth = fitGrowth(speeds.map(({ tokens, medianMs }) => ({ tokens, seconds: medianMs / 1e3 })));
  const peerSpeeds = hasPeer
    ? PEER_DTYPES.map((dtype): PeerSpeed => {
        const { median: medianMs } = times(dtype);
        return { dtype, tokens: ids.length, medianMs, tokensPerSecond: (ids.length / medianMs) * 1e3 };
      })
    : [];
  const speedAt = (asked: number) => speeds[subjects.findIndex((subject) => subject.asked === asked)];
  return {
    lengths: speeds,
    growth,
    ...(hasPeer ? { peer: { label: peer.label, logitsError, speeds: peerSpeeds } } : {}),
    ratios: ratiosOf(speedAt(COMPARED), speedAt(2 * COMPARED), peerSpeeds[0], growth),
  };
}

function ratiosOf(
  at1k: LengthSpeed | undefined,
  at2k: LengthSpeed | undefined,
  torch: PeerSpeed | undefined,
  { exponent }: Growth,
): Ratios {
  return {
    ...(at1k === undefined || torch === undefined
      ? {}
      : {
          nodeVsTorchFp32: {
            value: torch.medianMs / at1k.passesMs,
            nodeTokensPerSecond: (at1k.tokens / at1k.passesMs) * 1e3,
            torchTokensPerSecond: torch.tokensPerSecond,
          },
        }),
    ...(at1k === undefined || at2k === undefined
      ? {}
      : {
          doubling1k: {
            value: at2k.medianMs / at1k.medianMs,
            at2kMs: at2k.medianMs,
            at1kMs: at1k.medianMs,
          },
        }),
    ...(exponent === undefined ? {} : { growthExponent: { value: exponent } }),
  };
}

/**
 * Largest difference of a logit.
 * @throws Error when the peer computes something else: comparing times would then mean nothing.
 */
async function compareLogits({ trace }: Timed, peer: Peer): Promise<number> {
  const { ids } = trace.prompt;
  // Nothing is read where the id announced after the last token would matter.
  const theirs = await peer.logits(ids, [...ids.slice(1), assertDefined(ids.at(-1), "last id")]);
  let largest = 0;
  for (const { read } of trace.steps) {
    for (const [row, position] of read.positions.entries()) {
      if (position < ids.length - 1) {
        for (const [column, logit] of (read.logits[row] ?? []).entries()) {
          largest = Math.max(largest, Math.abs(logit - (theirs[position]?.[column] ?? Number.NaN)));
        }
      }
    }
  }
  if (!(largest <= SAME_WITHIN)) {
    throw new Error(`PyTorch's logits differ by ${largest} from ONNX Runtime's, more than ${SAME_WITHIN}`);
  }
  return largest;
}
