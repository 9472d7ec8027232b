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

/** Takes rows of a matrix while somebody else reads them. */
export interface RowFeed {
  push(values: Float32Array, rows: number): Promise<void>;
  end(): Promise<void>;
}

/** What the reference pass has to do with a matrix besides multiplying. */
export interface FedMatrices {
  /** Parts in which the rows of a matrix are wanted, in order. */
  partsOf(matrix: MatrixSource): readonly Range[];
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
  readonly #sink: HashingSink;
  readonly #listener: WriterListener;
  readonly #total: number;
  readonly #fed: readonly RowsProduction[];
  /** What is left to do. */
  readonly #steps: Step[];
  #file: OpenFile | undefined;
  #offset: Bytes = 0;
  #done: number;

  /** @param files Planned; as many as the sink has by now are left out. */
  constructor(files: readonly PlannedFile[], sink: HashingSink, listener: WriterListener) {
    this.#sink = sink;
    this.#listener = listener;
    this.#total = weightsOf(files);
    this.#done = weightsOf(files.slice(0, sink.files.length));
    this.#fed = files.flatMap(({ groups }) =>
      groups.flatMap(({ production }) => (isFed(production) ? [production] : [])),
    );
    this.#steps = files
      .slice(sink.files.length)
      .flatMap((file) => file.groups.map((group) => ({ file, group })));
  }

  partsOf(matrix: MatrixSource): readonly Range[] {
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
      const step = assertDefined(this.#steps[0], `a place for ${matrix.tensor}`);
      if (step.group.production === wanted) {
        return this.#feed(step, wanted, energies);
      }
      await this.#make(step);
    }
  }

  /** Makes everything that is left. */
  async finish(): Promise<void> {
    for (let step = this.#steps[0]; step !== undefined; step = this.#steps[0]) {
      await this.#make(step);
    }
  }

  async #make(step: Step): Promise<void> {
    const { production, places } = step.group;
    if (production.kind === "bytes") {
      const tensors = await production.produce();
      for (const [index, bytes] of tensors.entries()) {
        await this.#write(step.file, bytes, places[index]?.offset);
      }
      return this.#finishStep(step);
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
        await this.#finishStep(step);
      },
    };
  }

  /** @param offset Where a tensor begins; `undefined` goes on with the last one. */
  async #write(file: PlannedFile, bytes: Uint8Array, offset: Bytes | undefined): Promise<void> {
    this.#file ??= await this.#sink.create(file.path);
    const padding = offset === undefined ? 0 : offset - this.#offset;
    if (padding > 0) {
      await this.#file.write(new Uint8Array(padding));
    }
    await this.#file.write(bytes);
    this.#offset += padding + bytes.length;
  }

  async #finishStep({ file }: Step): Promise<void> {
    this.#steps.shift();
    if (this.#steps[0]?.file !== file) {
      if (this.#offset !== file.size) {
        throw new Error(`${file.path} has ${this.#offset} bytes, and ${file.size} were planned`);
      }
      await this.#file?.close();
      this.#file = undefined;
      this.#offset = 0;
      await this.#listener.onFile(this.#sink.files);
    }
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
