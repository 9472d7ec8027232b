/** Lists of records in the browser's storage, in pieces that the page can write between two frames. */
import * as v from "valibot";
import { type ChainRecord, givenInOrder } from "../core/chain-record.ts";
import { whenIdle } from "./idle-time.ts";
import { formatKept, type PiecesShape, parseKept, RecordShape } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

export type Pieces = v.InferOutput<typeof PiecesShape>;

/** As JSON, in characters; a longer list is not kept. */
const MOST_CHARACTERS = 20_000_000;
const PIECE_CHARACTERS = 250_000;

/** Says for every piece which list it belongs to: a list that was half written over by another is none. */
const Piece = v.object({ stamp: v.string(), records: v.array(RecordShape) });

const pieceKey = (prefix: string, index: number) => `${prefix}/${index}`;

/**
 * Writes a list in place of the one that was there.
 * @returns undefined when it is too long or cannot be written, and then nothing is kept
 */
export async function writeRecords(
  store: KeptStore,
  prefix: string,
  records: readonly ChainRecord[],
): Promise<Pieces | undefined> {
  try {
    return await writePieces(store, prefix, records);
  } catch {
    // Full, or holds what JSON does not know: the room is given back.
    await removeRecords(store, prefix);
    return undefined;
  }
}

function lengthOf(chain: ChainRecord["chain"]): number {
  return typeof chain === "string"
    ? chain.length
    : givenInOrder(chain).reduce((sum, { text }) => sum + text.length, 0);
}

/** @throws RangeError when the list is too long, and whatever writing it throws */
async function writePieces(
  store: KeptStore,
  prefix: string,
  records: readonly ChainRecord[],
): Promise<Pieces> {
  // At least: fields of the source come on top. Spares writing what would have to be taken back.
  const least = records.reduce((sum, { problem, chain }) => sum + problem.length + lengthOf(chain), 0);
  if (least > MOST_CHARACTERS) {
    throw new RangeError("too long to keep");
  }
  const stamp = `${Date.now()}-${Math.random()}`;
  let [count, total, characters] = [0, 0, 0];
  let piece: ChainRecord[] = [];
  const put = async () => {
    await whenIdle();
    await store.set(pieceKey(prefix, count), formatKept({ stamp, records: piece }));
    count += 1;
    piece = [];
    characters = 0;
  };
  for (const record of records) {
    const { length } = JSON.stringify(record);
    total += length;
    if (total > MOST_CHARACTERS) {
      throw new RangeError("too long to keep");
    }
    if (characters + length > PIECE_CHARACTERS && piece.length > 0) {
      await put();
    }
    piece.push(record);
    characters += length;
  }
  await put();
  await removeRecords(store, prefix, count);
  return { stamp, count };
}

/** @param from The first piece to remove. */
export async function removeRecords(store: KeptStore, prefix: string, from = 0): Promise<void> {
  const keys = await store.keys();
  const gone = keys.filter(
    (key) => key.startsWith(`${prefix}/`) && Number(key.slice(prefix.length + 1)) >= from,
  );
  if (gone.length > 0) {
    await store.remove(gone);
  }
}

/** @returns undefined when a piece is missing, damaged, or another list's */
export async function readRecords(
  store: KeptStore,
  prefix: string,
  { stamp, count }: Pieces,
): Promise<readonly ChainRecord[] | undefined> {
  const records: ChainRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const piece = parseKept(Piece, await store.get(pieceKey(prefix, index)));
    if (piece?.stamp !== stamp) {
      return undefined;
    }
    records.push(...piece.records);
  }
  return records;
}
