/** What a conversion needs of where it runs: Node's folders or a browser's private file system. */
import type { CheckpointFiles } from "../convert/byte-source.ts";
import type { ModelSink } from "../convert/external-data.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { DeviceCandidate } from "../engine/host.ts";

/** A written model within reach of transformers.js. */
export interface WrittenModel {
  /** What to hand to `from_pretrained`. */
  readonly pretrainedId: string;
  /** The device that checks it. */
  readonly candidate: DeviceCandidate;
}

export interface ConversionHost {
  /** The checkpoint. */
  readonly files: CheckpointFiles;
  /** Where the model's files go. A file is there, whole, only after its `close`. */
  readonly sink: ModelSink;
  /** Opens what was written, so that it can be measured before it becomes a model. */
  openWritten(files: readonly ManifestFile[]): Promise<WrittenModel>;
}
