/** A model's folder in memory, for tests. */
import type { ModelSink } from "../external-data.ts";
import { concat } from "./byte-strings.ts";

export interface MemorySink {
  readonly sink: ModelSink;
  /** Files that are whole. */
  readonly written: Map<string, Uint8Array>;
  /** Paths of files that were neither closed nor aborted. */
  readonly open: Set<string>;
}

/**
 * @param written Files that are there already.
 * @param onWrite Called before every write with all bytes written so far, to stop at.
 */
export function memorySink(
  written: Map<string, Uint8Array> = new Map(),
  onWrite: (total: number) => void = () => undefined,
): MemorySink {
  const open = new Set<string>();
  let total = 0;
  const sink: ModelSink = {
    create: async (path) => {
      const parts: Uint8Array[] = [];
      open.add(path);
      return {
        write: async (bytes) => {
          onWrite(total);
          total += bytes.length;
          parts.push(bytes.slice());
        },
        close: async () => {
          open.delete(path);
          written.set(path, concat(...parts));
        },
        abort: async () => {
          open.delete(path);
        },
      };
    },
    sizeOf: async (path) => written.get(path)?.length,
  };
  return { sink, written, open };
}
