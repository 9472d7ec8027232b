/**
 * Writes planned files in their order. Rows that the reference pass multiplies with come from there as it goes
 * along, so that each is read once; everything else is made when its turn comes.
 */
import { assertDefined } from "../core/assert.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { Bytes } from "../core/units.ts";
import { checkFinite } from "./check-finite.ts";
import type { PlannedFile, PlannedGroup, Production, Range, RowsProduction } from "./external-data.ts";
import type { HashingSink } from "./hashing-sink.ts";
import type { MatrixSource } from "./matrix-source.ts";
import type { ModelPlan } from "./model-plan.ts";
import type { Features } from "./reference-values.ts";

/** Takes rows of a matrix while somebody else reads them. */
export interface RowFeed {
  push(values: Float32Array, rows: number): Promise<void>;
  end(): Promise<void>;
}

/** What the reference pass has to do with a matrix besides multiplying. */
export interface FedMatrices {
  /**
   * Parts in which the rows of a matrix are wanted, in order.
   * @param input What it is multiplied with.
   */
  partsOf(matrix: MatrixSource, input: Features): Promise<readonly Range[]>;
  /**
   * Before the rows of a part are read.
   * @param energies Mean square of each column's activations.
   */
  open(matrix: MatrixSource, part: Range, energies: Float32Array): Promise<RowFeed | undefined>;
}

interface Step {
  readonly file: PlannedFile;
  readonly group: PlannedGroup;
}

/** Matrix weights written, of how many. */
export interface WriteProgress {
  readonly done: number;
  readonly total: number;
}

export interface WriterListener {
  /** After each file, with all that are whole. */
  onFile(written: readonly ManifestFile[]): Promise<void>;
  onProgress(progress: WriteProgress): void;
}

type OpenFile = Awaited<ReturnType<HashingSink["create"]>>;

export class ModelWriter implements FedMatrices {
  readonly #plan: Pick<ModelPlan, "files" | "settle">;
  readonly #sink: HashingSink;
  readonly #listener: WriterListener;
  readonly #total: number;
  #fed: readonly RowsProduction[] = [];
  #files: readonly PlannedFile[] | undefined;
  #steps: readonly Step[] = [];
  /** Of the steps, the first that is not done. */
  #next: number;
  #file: { readonly path: string; readonly open: OpenFile } | undefined;
  #offset: Bytes = 0;
  #done: number;

  /** @param plan Of its files as many as the sink has by now are left out. */
  constructor(plan: Pick<ModelPlan, "files" | "settle">, sink: HashingSink, listener: WriterListener) {
    this.#plan = plan;
    this.#sink = sink;
    this.#listener = listener;
    const finished = plan.files.slice(0, sink.files.length);
    this.#total = weightsOf(plan.files);
    this.#done = weightsOf(finished);
    this.#next = finished.reduce((sum, { groups }) => sum + groups.length, 0);
    this.#follow();
  }

  async partsOf(matrix: MatrixSource, input: Features): Promise<readonly Range[]> {
    await this.#plan.settle(matrix, input);
    this.#follow();
    await this.#closeFinished();
    const parts = this.#fed.filter(({ matrix: { tensor } }) => tensor === matrix.tensor);
    return parts.length === 0 ? [{ first: 0, count: matrix.rows }] : parts;
  }

  async open(matrix: MatrixSource, part: Range, energies: Float32Array): Promise<RowFeed | undefined> {
    const wanted = this.#fed.find(
      ({ matrix: { tensor }, first }) => tensor === matrix.tensor && first === part.first,
    );
    if (wanted === undefined) {
      return undefined;
    }
    for (;;) {
      const step = assertDefined(this.#steps[this.#next], `a place for ${matrix.tensor}`);
      if (step.group.production === wanted) {
        return this.#feed(step, wanted, energies);
      }
      await this.#make(step);
    }
  }

  /** Makes everything that is left. */
  async finish(): Promise<void> {
    for (let step = this.#steps[this.#next]; step !== undefined; step = this.#steps[this.#next]) {
      await this.#make(step);
    }
  }

  /** Takes over the plan as it is now: the same up to the next step. */
  #follow(): void {
    const { files } = this.#plan;
    if (files === this.#files) {
      return;
    }
    this.#files = files;
    this.#steps = files.flatMap((file) => file.groups.map((group) => ({ file, group })));
    this.#fed = this.#steps.flatMap(({ group: { production } }) => (isFed(production) ? [production] : []));
  }

  async #make(step: Step): Promise<void> {
    const { production, places } = step.group;
    if (production.kind === "bytes") {
      const tensors = await production.produce();
      for (const [index, bytes] of tensors.entries()) {
        await this.#write(step.file, bytes, places[index]?.offset);
      }
      return this.#finishStep();
    }
    if (production.isFed) {
      throw new Error(`nobody brought the rows of ${production.matrix.tensor}`);
    }
    const feed = this.#feed(step, production, undefined);
    for await (const { values, count } of production.matrix.pieces(production.first, production.count)) {
      // The reference pass finds those in the rows that it multiplies with.
      checkFinite(values, production.matrix);
      await feed.push(values, count);
    }
    await feed.end();
  }

  #feed(step: Step, production: RowsProduction, energies: Float32Array | undefined): RowFeed {
    const { places } = step.group;
    const packer = production.start(energies);
    let offset = places[0]?.offset;
    return {
      push: async (values, rows) => {
        this.#done += values.length;
        const bytes = packer.pack(values, rows);
        if (bytes.length > 0) {
          await this.#write(step.file, bytes, offset);
          offset = undefined;
        }
        this.#listener.onProgress({ done: this.#done, total: this.#total });
      },
      end: async () => {
        const tensors = packer.finish();
        for (const [index, bytes] of tensors.entries()) {
          await this.#write(step.file, bytes, places[places.length - tensors.length + index]?.offset);
        }
        await this.#finishStep();
      },
    };
  }

  /** @param offset Where a tensor begins; `undefined` goes on with the last one. */
  async #write(file: PlannedFile, bytes: Uint8Array, offset: Bytes | undefined): Promise<void> {
    this.#file ??= { path: file.path, open: await this.#sink.create(file.path) };
    const padding = offset === undefined ? 0 : offset - this.#offset;
    if (padding > 0) {
      await this.#file.open.write(new Uint8Array(padding));
    }
    await this.#file.open.write(bytes);
    this.#offset += padding + bytes.length;
  }

  #finishStep(): Promise<void> {
    this.#next += 1;
    return this.#closeFinished();
  }

  /** Closes the file that is open where the next step is in another. */
  async #closeFinished(): Promise<void> {
    const { path, open } = this.#file ?? {};
    if (open === undefined || this.#steps[this.#next]?.file.path === path) {
      return;
    }
    const planned = this.#plan.files.find((file) => file.path === path);
    if (this.#offset !== planned?.size) {
      throw new Error(`${path} has ${this.#offset} bytes, and ${planned?.size} were planned`);
    }
    await open.close();
    this.#file = undefined;
    this.#offset = 0;
    await this.#listener.onFile(this.#sink.files);
  }
}

/** Elements of all matrices, which are nearly all there is. */
function weightsOf(files: readonly PlannedFile[]): number {
  const groups = files.flatMap((file) => file.groups);
  return groups.reduce(
    (sum, { production }) =>
      production.kind === "rows" ? sum + production.count * production.matrix.columns : sum,
    0,
  );
}

function isFed(production: Production): production is RowsProduction {
  return production.kind === "rows" && production.isFed;
}
