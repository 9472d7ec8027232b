/** Where the bytes of a weight are: in the graph, or in a file beside it. */
import { quoteName } from "../convert/malformed.ts";
import { ELEMENT } from "../convert/onnx-graph.ts";
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import type { GraphTensor } from "./graph-edit.ts";
import type { GraphSource } from "./kernel-set.ts";

/** `TensorProto.DataLocation.EXTERNAL` */
const EXTERNAL = 1;

const ELEMENT_BYTES: Readonly<Record<number, Bytes>> = {
  [ELEMENT.float]: 4,
  [ELEMENT.uint8]: 1,
  [ELEMENT.int8]: 1,
  [ELEMENT.int32]: 4,
  [ELEMENT.int64]: 8,
  [ELEMENT.float16]: 2,
};

/** Bytes of a tensor by its shape; 0 for a type that the converter does not write. */
export function byteLengthOf({ dims, dataType }: GraphTensor): Bytes {
  return (dims ?? []).reduce<number>((size, dim) => size * Number(dim), ELEMENT_BYTES[dataType ?? 0] ?? 0);
}

function isExternal({ dataLocation }: GraphTensor): boolean {
  return dataLocation === EXTERNAL;
}

/** True when the elements are bytes, here or elsewhere, and not lists of numbers. */
export function holdsBytes(tensor: GraphTensor): boolean {
  return isExternal(tensor) || tensor.rawData?.length === byteLengthOf(tensor);
}

/** What is stored of a tensor, for another one of the same bytes. */
export function storageOf({ rawData, externalData, ...tensor }: GraphTensor): Omit<GraphTensor, "name"> {
  return isExternal(tensor)
    ? { dataLocation: EXTERNAL, externalData: externalData ?? [] }
    : { rawData: rawData ?? new Uint8Array() };
}

/** @throws AppError `malformed-file`, naming the tensor, when its file holds other bytes than its shape needs. */
export async function readTensor(tensor: GraphTensor, source: GraphSource): Promise<Uint8Array> {
  const size = byteLengthOf(tensor);
  const entry = (name: string) => tensor.externalData?.find(({ key }) => key === name)?.value;
  const location = entry("location") ?? "";
  const bytes = isExternal(tensor)
    ? await source.read(location, Number(entry("offset") ?? 0), size)
    : (tensor.rawData ?? new Uint8Array());
  if (bytes.length !== size) {
    const name = quoteName(tensor.name ?? "");
    throw new AppError(
      "malformed-file",
      `tensor "${name}" has ${bytes.length} bytes, and its shape needs ${size}`,
      {
        tensor: name,
        file: quoteName(location),
      },
    );
  }
  return bytes;
}
