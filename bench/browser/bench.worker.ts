/** The engine in a worker, as in the page, and what the page's own worker does not offer: each way by its place. */
import { assertDefined } from "../../src/core/assert.ts";
import { type OpenModel, openModel } from "../../src/engine/open-model.ts";
import { scoreTrace } from "../../src/engine/score-trace.ts";
import { loadTokenizer } from "../../src/engine/tokenizer.ts";
import { webHost } from "../../src/engine/web-host.ts";
import { serve } from "../../src/worker/rpc.ts";
import type { BenchWorker } from "./bench-page.ts";

let loaded: OpenModel | undefined;

const bench: BenchWorker = {
  ways: async () =>
    (await webHost.devices(undefined)).map(({ info, kernels }) => ({
      device: info,
      ...(kernels === undefined ? {} : { kernels }),
    })),
  load: async ({ model, index }, { signal }) => {
    const started = performance.now();
    const candidate = assertDefined((await webHost.devices(undefined))[index], "a way to run the model");
    const provided = await webHost.provideModel(model, { signal, emit: () => undefined });
    loaded = await openModel(provided, candidate, await loadTokenizer(provided));
    return { duration: performance.now() - started };
  },
  score: async (request, { signal }) => {
    const { scoring } = assertDefined(loaded, "a loaded model");
    scoring.pool.clear();
    const started = performance.now();
    const { timing } = await scoreTrace(scoring, request, { signal, emit: () => undefined });
    return { duration: performance.now() - started, tokens: timing.tokens, chunks: timing.chunks };
  },
};

serve(self, bench);
