/**
 * Which files of a checkpoint's folder are read, by name alone: for whoever opens a checkpoint, and for whoever
 * has to bring its files here first.
 */

/** How a file of tensors is written. */
export type TensorFormat = "safetensors" | "torch";

export interface NamedTensorFile {
  readonly path: string;
  readonly format: TensorFormat;
}

export interface MainFile extends NamedTensorFile {
  /** True for a list of the files that hold the tensors, `format` being theirs. */
  readonly isIndex: boolean;
}

/** Where the model's tensors are, the first that is there: an index knows of shards that one file does not. */
export const MAIN_FILES: readonly MainFile[] = [
  { path: "model.safetensors.index.json", format: "safetensors", isIndex: true },
  { path: "model.safetensors", format: "safetensors", isIndex: false },
  { path: "pytorch_model.bin.index.json", format: "torch", isIndex: true },
  { path: "pytorch_model.bin", format: "torch", isIndex: false },
];

/** Heads that are published as a file of their own beside the model; the tensors get the name as a prefix. */
const HEADS = ["reward_head"];

/** The first extension that is there. */
const HEAD_EXTENSIONS: readonly (readonly [extension: string, format: TensorFormat])[] = [
  [".safetensors", "safetensors"],
  [".pt", "torch"],
  [".pth", "torch"],
  [".bin", "torch"],
];

/** Files that say what the tensors are and how text becomes tokens. */
export const TEXT_FILES: readonly { readonly path: string; readonly isNeeded: boolean }[] = [
  { path: "config.json", isNeeded: true },
  { path: "tokenizer.json", isNeeded: true },
  { path: "tokenizer_config.json", isNeeded: true },
  // Older checkpoints keep the template in tokenizer_config.json.
  { path: "chat_template.jinja", isNeeded: false },
];

/** The file that has the model's tensors or lists the files that have them; `undefined` when there is none. */
export function findMainFile(listed: ReadonlySet<string>): MainFile | undefined {
  return MAIN_FILES.find(({ path }) => listed.has(path));
}

export interface HeadFile extends NamedTensorFile {
  /** Prefix of its tensors' names. */
  readonly head: string;
}

/** The files of heads that are published apart. */
export function findHeadFiles(listed: ReadonlySet<string>): readonly HeadFile[] {
  return HEADS.flatMap((head) => {
    const found = HEAD_EXTENSIONS.find(([extension]) => listed.has(head + extension));
    return found === undefined ? [] : [{ head, path: head + found[0], format: found[1] }];
  });
}
