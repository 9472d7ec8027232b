/** The model's graph as the backend at hand runs it fastest. */
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import { kernelSetById } from "../kernels/index.ts";
import type { GraphSource, KernelSet, KernelSetId, RewrittenGraph } from "../kernels/kernel-set.ts";
import type { ExternalData, ProvidedModel, SessionOptions } from "./host.ts";

export interface RewrittenFiles {
  readonly graph: Uint8Array<ArrayBuffer>;
  /** External data made anew. */
  readonly added: readonly ExternalData[];
  /** Of the weights once they are loaded. */
  readonly weightBytes: Bytes;
  readonly sessionOptions: SessionOptions;
}

/** @returns `undefined` when the graph runs as it is stored. */
export async function rewriteGraph(
  { graph }: ProvidedModel,
  id: KernelSetId | undefined,
): Promise<RewrittenFiles | undefined> {
  if (id === undefined) {
    return undefined;
  }
  if (graph === undefined) {
    throw new AppError("internal", "this host cannot replace a graph");
  }
  const kernels = kernelSetById(id);
  const {
    graph: rewritten,
    added,
    weightBytes,
  } = await unlessItCannot(kernels, {
    graph: await graph.readGraph(),
    read: async (location, offset, length) => {
      const bytes = await graph.readWeights(location, offset, length);
      if (bytes === undefined) {
        throw new AppError("malformed-file", `the graph refers to ${location}, which is not there`);
      }
      return bytes;
    },
  });
  return {
    graph: new Uint8Array(rewritten),
    added: added === undefined ? [] : [{ path: added.location, data: added.data }],
    weightBytes,
    sessionOptions: kernels.sessionExtra === undefined ? {} : { extra: kernels.sessionExtra },
  };
}

/** A graph that cannot be rewritten still runs as it is: the code lets the next way be tried. */
async function unlessItCannot(kernels: KernelSet, source: GraphSource): Promise<RewrittenGraph> {
  try {
    return await kernels.rewrite(source);
  } catch (thrown) {
    const { message } = AppError.from(thrown);
    throw new AppError("internal", `${kernels.label}: ${message}`, {}, thrown);
  }
}
