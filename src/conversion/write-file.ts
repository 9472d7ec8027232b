import type { ModelSink } from "../convert/external-data.ts";

/** Writes a whole file, or none: what was written of it when `pieces` or the sink fails is removed. */
export async function writeFile(
  sink: ModelSink,
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onBytes: (count: number) => void = () => undefined,
): Promise<void> {
  const file = await sink.create(path);
  try {
    for await (const bytes of pieces) {
      await file.write(bytes);
      onBytes(bytes.length);
    }
    await file.close();
  } finally {
    await file.abort();
  }
}

/** Writes a value as JSON. */
export function writeJson(sink: ModelSink, path: string, value: unknown): Promise<void> {
  return writeFile(sink, path, [new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)]);
}
