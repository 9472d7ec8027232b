/** Where a graph says that its weights are, read before anything follows it there. */
import onnxProto from "onnx-proto";
import { AppError } from "../core/errors.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { Bytes } from "../core/units.ts";
import { malformed, quoteName } from "./malformed.ts";

const { onnx } = onnxProto;

/** Graphs written by a converter hold no weights of their own; the embedded model's has 4 MB. */
const MAX_GRAPH: Bytes = 256 * 1024 * 1024;

const GRAPH = ".onnx";

/** `TensorProto.DataLocation.EXTERNAL` */
const EXTERNAL = 1;

function* tensorsOf(graph: onnxProto.onnx.IGraphProto): Generator<onnxProto.onnx.ITensorProto> {
  yield* graph.initializer ?? [];
  for (const sparse of graph.sparseInitializer ?? []) {
    yield* [sparse.values, sparse.indices].filter((tensor) => tensor != null);
  }
  for (const { attribute } of graph.node ?? []) {
    for (const { t, tensors, sparseTensor, g, graphs } of attribute ?? []) {
      yield* [t, ...(tensors ?? []), sparseTensor?.values, sparseTensor?.indices].filter(
        (tensor) => tensor != null,
      );
      for (const inner of [g, ...(graphs ?? [])].filter((one) => one != null)) {
        yield* tensorsOf(inner);
      }
    }
  }
}

function checkSize(file: string, size: Bytes): void {
  if (size > MAX_GRAPH) {
    throw malformed(file, `is a graph of ${size} bytes, more than ${MAX_GRAPH}`);
  }
}

/**
 * Checks that every tensor kept outside of a graph is in one of `allowed`: a runtime opens whatever path the
 * graph names, also one that leads out of the model's folder.
 * @param allowed Names of files beside the graph.
 * @throws AppError `malformed-file`, naming file and tensor.
 */
export function checkExternalPlaces(bytes: Uint8Array, file: string, allowed: ReadonlySet<string>): void {
  checkSize(file, bytes.length);
  let graph: onnxProto.onnx.IGraphProto | null | undefined;
  let functions: onnxProto.onnx.IFunctionProto[];
  try {
    ({ graph, functions } = onnx.ModelProto.decode(bytes));
  } catch (cause) {
    throw malformed(file, "is not an ONNX model", cause);
  }
  if (graph == null) {
    throw malformed(file, "holds no graph");
  }
  const bodies = functions.map(({ node }) => ({ node: node ?? [] }));
  for (const { name, dataLocation, externalData } of [graph, ...bodies].flatMap((one) => [
    ...tensorsOf(one),
  ])) {
    if (dataLocation !== EXTERNAL && (externalData ?? []).length === 0) {
      continue;
    }
    const locations = (externalData ?? []).flatMap(({ key, value }) => (key === "location" ? [value] : []));
    const location = locations.find((value) => !allowed.has(value ?? "")) ?? locations[0] ?? "";
    if (!allowed.has(location)) {
      throw new AppError(
        "malformed-file",
        `${file}: tensor ${quoteName(name ?? "")} is in "${quoteName(location)}", which is not a file of this model`,
        { file, tensor: quoteName(name ?? "") },
      );
    }
  }
}

/** Checks every graph among a model's files. @throws AppError `malformed-file` */
export async function checkGraphs(
  files: readonly ManifestFile[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<void> {
  for (const { path, size } of files.filter((file) => file.path.endsWith(GRAPH))) {
    checkSize(path, size);
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const beside = files.map((file) => file.path).filter((other) => other.startsWith(folder));
    checkExternalPlaces(await read(path), path, new Set(beside.map((other) => other.slice(folder.length))));
  }
}
