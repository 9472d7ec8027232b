/** A checkpoint's folder in memory, for tests. */
import { bytesSource, type CheckpointFiles } from "../byte-source.ts";

/** Every range that was read is added to `reads` as `<path> <start>-<end>`. */
export function memoryFiles(
  files: Readonly<Record<string, Uint8Array>>,
  reads: string[] = [],
): CheckpointFiles {
  return {
    list: async () => Object.keys(files),
    open: async (path) => {
      const bytes = files[path];
      if (bytes === undefined) {
        return undefined;
      }
      const source = bytesSource(bytes, path);
      return {
        ...source,
        read: (start, end, signal) => {
          reads.push(`${path} ${start}-${end}`);
          return source.read(start, end, signal);
        },
      };
    },
  };
}
