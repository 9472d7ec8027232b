/** What is used of an ONNX Runtime session. transformers.js opens it; the engine runs it itself, on tensors it owns. */
import type { PreTrainedModel, Tensor } from "@huggingface/transformers";
import * as v from "valibot";
import { AppError } from "../core/errors.ts";

/** The runtime's own tensor: transformers.js wraps it in another. */
export type OrtTensor = Tensor["ort_tensor"];

export type OrtTensors = Readonly<Record<string, OrtTensor>>;

/** An input of the graph: a dimension is a number, or the name of one that differs from run to run. */
export interface InputShape {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface Session {
  readonly inputMetadata: readonly InputShape[];
  readonly outputNames: readonly string[];
  /** @param fetches Outputs asked for; one that is given a tensor is written into it. */
  run(feeds: OrtTensors, fetches: Readonly<Record<string, OrtTensor | null>>): Promise<OrtTensors>;
}

const Shapes = v.array(
  v.looseObject({
    name: v.string(),
    type: v.string(),
    shape: v.array(v.union([v.number(), v.string()])),
  }),
);

/**
 * The session of a loaded model.
 * @throws AppError `unsupported-model` when the graph's inputs are not tensors.
 */
export function sessionOf({ sessions }: PreTrainedModel): Session {
  const { model: session }: Readonly<Record<string, Session | undefined>> = sessions;
  const shapes = v.safeParse(Shapes, session?.inputMetadata);
  if (session === undefined || !shapes.success) {
    throw new AppError("unsupported-model", "the model's graph has no session with tensors for inputs");
  }
  return session;
}
