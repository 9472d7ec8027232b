/** Writes zip files for tests the way torch.save does: stored entries, sizes in the central directory. */
import { concat, uint, utf8 } from "./byte-strings.ts";

export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says, if not the truth. */
  readonly declared?: { readonly size?: number; readonly storedSize?: number; readonly headerStart?: number };
  /** Bytes of padding in the local header only. */
  readonly padding?: number;
}

export interface ZipOptions {
  /** Writes every size and offset of the directory in zip64 fields. */
  readonly zip64?: boolean;
  readonly comment?: string;
  /** What the end record says, if not the truth. */
  readonly count?: number;
  readonly directoryStart?: number;
}

function localHeader(part: ZipPart): Uint8Array {
  const name = utf8(part.name);
  return concat(
    uint(0x04034b50, 4),
    uint(0, 22),
    new Uint8Array(14),
    uint(name.length, 2),
    uint(part.padding ?? 0, 2),
    name,
    new Uint8Array(part.padding ?? 0),
  );
}

function directoryEntry(part: ZipPart, headerStart: number, zip64: boolean): Uint8Array {
  const name = utf8(part.name);
  const size = part.declared?.size ?? part.bytes.length;
  const numbers = [size, part.declared?.storedSize ?? size, part.declared?.headerStart ?? headerStart];
  // Behind a field of another kind, as a reader has to look for its own.
  const extra = zip64
    ? concat(
        uint(0x4246, 2),
        uint(1, 2),
        uint(0, 1),
        uint(1, 2),
        uint(24, 2),
        ...numbers.map((n) => uint(n, 8)),
      )
    : new Uint8Array(0);
  const [shownSize = 0, shownStored = 0, shownStart = 0] = zip64 ? numbers.map(() => 0xffffffff) : numbers;
  return concat(
    uint(0x02014b50, 4),
    uint(0, 4),
    uint(part.flags ?? 0x808, 2),
    uint(part.method ?? 0, 2),
    uint(0, 8),
    uint(shownStored, 4),
    uint(shownSize, 4),
    uint(name.length, 2),
    uint(extra.length, 2),
    new Uint8Array(10),
    uint(shownStart, 4),
    name,
    extra,
  );
}

export function buildZip(parts: readonly ZipPart[], options: ZipOptions = {}): Uint8Array {
  const zip64 = options.zip64 ?? false;
  const body: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    directory.push(directoryEntry(part, at, zip64));
    const bytes = concat(localHeader(part), part.bytes);
    body.push(bytes);
    at += bytes.length;
  }
  const entries = concat(...directory);
  const start = options.directoryStart ?? at;
  const count = options.count ?? parts.length;
  const comment = utf8(options.comment ?? "");
  const end64 = zip64
    ? concat(
        concat(uint(0x06064b50, 4), uint(44, 8), new Uint8Array(12)),
        concat(uint(count, 8), uint(count, 8), uint(entries.length, 8), uint(start, 8)),
        concat(uint(0x07064b50, 4), uint(0, 4), uint(at + entries.length, 8), uint(1, 4)),
      )
    : new Uint8Array(0);
  const shown = (value: number, width: number) => uint(zip64 ? 2 ** (8 * width) - 1 : value, width);
  const end = [uint(0x06054b50, 4), uint(0, 4), shown(count, 2), shown(count, 2)];
  const tail = [shown(entries.length, 4), shown(start, 4), uint(comment.length, 2), comment];
  return concat(...body, entries, end64, ...end, ...tail);
}
