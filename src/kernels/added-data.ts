import type { Bytes } from "../core/units.ts";
import type { GraphTensor } from "./graph-edit.ts";

/** Where a tensor starts is a multiple of this, which any element's size divides. */
const ALIGNMENT: Bytes = 64;

/** A file of weights made anew. What was added is left to the browser, which keeps large blobs out of memory. */
export class AddedData {
  readonly location: string;
  readonly #parts: Blob[] = [];
  #size: Bytes = 0;

  /** @param location Name of the file, as the graph has it. */
  constructor(location: string) {
    this.location = location;
  }

  /** Adds a tensor's elements and returns how the graph refers to them. */
  add(values: Float32Array<ArrayBuffer> | Int8Array<ArrayBuffer>): Omit<GraphTensor, "name"> {
    const padding = (ALIGNMENT - (this.#size % ALIGNMENT)) % ALIGNMENT;
    const offset = this.#size + padding;
    this.#parts.push(new Blob([new Uint8Array(padding), values]));
    this.#size = offset + values.byteLength;
    return {
      dataLocation: 1,
      externalData: [
        { key: "location", value: this.location },
        { key: "offset", value: String(offset) },
        { key: "length", value: String(values.byteLength) },
      ],
    };
  }

  /** The file; `undefined` when nothing was added. */
  finish(): { readonly location: string; readonly data: Blob } | undefined {
    return this.#parts.length === 0 ? undefined : { location: this.location, data: new Blob(this.#parts) };
  }
}
