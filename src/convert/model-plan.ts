/**
 * The graph, and where each tensor lies. Both follow from what is converted and from how its matrices are stored,
 * and the latter is measured as the conversion comes to them: what is planned behind a matrix moves with what is
 * chosen for it, and what lies before it never does.
 */
import type { Protocol } from "../core/protocols/protocol.ts";
import type { Bytes } from "../core/units.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import { DecoderGraph } from "./decoder-graph.ts";
import { ExternalData, type PlannedFile } from "./external-data.ts";
import { addHead } from "./head-graph.ts";
import type { MatrixSource } from "./matrix-source.ts";
import { OnnxGraph } from "./onnx-graph.ts";
import type { Choice, Choices } from "./quantize/choice.ts";
import { choose, type Linear } from "./quantize/choose.ts";
import type { Scheme } from "./quantize/scheme.ts";
import type { Features, Multiply } from "./reference-values.ts";
import type { Weights } from "./weights.ts";

export interface PlanRequest {
  readonly plan: DecoderPlan;
  readonly protocol: Protocol;
  readonly scheme: Scheme;
  readonly weights: Weights;
  readonly candidateIds: readonly number[];
  /** Longest input, in tokens. */
  readonly context: number;
  readonly folder: string;
  readonly modelFile: string;
  readonly maxFileSize: Bytes | undefined;
}

interface Planned {
  readonly graph: OnnxGraph;
  readonly data: ExternalData;
  readonly linears: readonly Linear[];
}

function planAll(request: PlanRequest, choices: Choices): Planned {
  const { scheme, protocol, folder, modelFile, maxFileSize } = request;
  const target = { graph: new OnnxGraph(), data: new ExternalData(folder, modelFile, maxFileSize) };
  const decoder = new DecoderGraph(target, { ...request, choices });
  const hidden = decoder.build();
  addHead(target, hidden, { ...request, head: protocol.head, activations: scheme.activations });
  return { ...target, linears: decoder.linears };
}

export class ModelPlan {
  readonly #request: PlanRequest;
  readonly #multiply: Multiply;
  readonly #choices: Map<string, Choice>;
  #planned: Planned;

  /** @param choices Those of an earlier conversion of the same. */
  constructor(request: PlanRequest, multiply: Multiply, choices: Choices = new Map()) {
    this.#request = request;
    this.#multiply = multiply;
    this.#choices = new Map(choices);
    this.#planned = planAll(request, this.#choices);
  }

  get files(): readonly PlannedFile[] {
    return this.#planned.data.files;
  }

  /** Final once every matrix is settled. */
  get graph(): OnnxGraph {
    return this.#planned.graph;
  }

  get choices(): Choices {
    return this.#choices;
  }

  /**
   * Chooses how a matrix is stored, before any of it is written; what is settled stays.
   * @param input What it is multiplied with.
   */
  async settle(matrix: MatrixSource, input: Features): Promise<void> {
    const { scheme, plan } = this.#request;
    const { linears, data } = this.#planned;
    const linear = linears.find((one) => one.matrix.tensor === matrix.tensor);
    if (scheme.measured === undefined || linear === undefined || this.#choices.has(matrix.tensor)) {
      return;
    }
    const request = {
      storage: scheme.measured,
      linears,
      layers: plan.layers,
      choices: this.#choices,
      fitsFile: (lengths: readonly Bytes[]) => data.fits(lengths),
    };
    const choice = await choose(request, linear, input, this.#multiply);
    this.#choices.set(matrix.tensor, choice);
    if (choice !== scheme.measured.usual) {
      this.#planned = planAll(this.#request, this.#choices);
    }
  }
}
