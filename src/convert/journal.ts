/**
 * What a conversion that was stopped leaves for the next one: the files it finished and where its reference pass
 * was, and what it chose for the matrices it came to. Where tensors lie follows from that and from what is converted.
 */
import { sha256 } from "hash-wasm";
import * as v from "valibot";
import { FileEntry } from "../core/manifest.ts";
import { ChoiceSchema } from "./quantize/choice.ts";
import type { ReferenceState } from "./reference-pass.ts";

/** Little-endian float32 in base64. */
const Floats = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]*={0,2}$/),
  v.check((text) => text.length % 4 === 0),
);

const JournalSchema = v.object({
  format: v.literal(2),
  /** Of everything the output depends on: see `fingerprintOf`. */
  fingerprint: FileEntry.entries.sha256,
  /** Finished files of weights, in their order. */
  files: v.array(FileEntry),
  choices: v.record(v.string(), ChoiceSchema),
  reference: v.object({
    stage: v.pipe(v.number(), v.integer(), v.minValue(0)),
    hidden: Floats,
    kept: v.record(v.string(), Floats),
  }),
});

/** JSON: a host keeps the last one it was given beside the files. */
export type ConversionJournal = v.InferOutput<typeof JournalSchema>;

/** `undefined` for anything that is not a journal: the conversion then starts from the beginning. */
export function parseJournal(value: unknown): ConversionJournal | undefined {
  const result = v.safeParse(JournalSchema, value);
  return result.success ? result.output : undefined;
}

/** A digest of what a conversion is made from; `parts` is JSON. */
export function fingerprintOf(parts: unknown): Promise<string> {
  return sha256(JSON.stringify(parts));
}

/** Characters that `String.fromCharCode` takes at once. */
const CALL_ARGUMENTS = 0x8000;

function encode(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += CALL_ARGUMENTS) {
    text += String.fromCharCode(...bytes.subarray(at, at + CALL_ARGUMENTS));
  }
  return btoa(text);
}

function decode(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT));
}

export function encodeState({ stage, hidden, kept }: ReferenceState): ConversionJournal["reference"] {
  return {
    stage,
    hidden: encode(hidden),
    kept: Object.fromEntries([...kept].map(([name, values]) => [name, encode(values)])),
  };
}

export function decodeState({ stage, hidden, kept }: ConversionJournal["reference"]): ReferenceState {
  return {
    stage,
    hidden: decode(hidden),
    kept: new Map(Object.entries(kept).map(([name, text]) => [name, decode(text)])),
  };
}
