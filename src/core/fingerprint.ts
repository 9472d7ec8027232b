/** Stands for a text where the text itself is not to be written down, or is too long to. */

// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
const PRIME = 0x01000193;
/** The usual start, and one of its own for a second hash that has nothing to do with the first. */
const STARTS = [0x811c9dc5, 0x9e3779b9] as const;
const RADIX = 16;
const HEX_DIGITS = 8;

/** MurmurHash3's last step, so that every bit of the hash depends on every bit of the text. */
function mix(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * 64 bits in hexadecimal, a dash and the length: two texts that a person has share one by no accident. It is made at
 * once and everywhere, which browsers' own digests are not, and keeps no secret from who can guess the text.
 */
export function fingerprint(text: string): string {
  const hashes = STARTS.map((start) => {
    let hash: number = start;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      hash = Math.imul(hash ^ (unit & 0xff), PRIME);
      hash = Math.imul(hash ^ (unit >>> 8), PRIME);
    }
    return mix(hash).toString(RADIX).padStart(HEX_DIGITS, "0");
  });
  return `${hashes.join("")}-${text.length.toString(RADIX)}`;
}
