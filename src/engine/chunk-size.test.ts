import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkSize } from "./chunk-size.ts";

/** A device on which a pass costs this much a token, and this much more for each token before it. */
interface Device {
  readonly perToken: number;
  readonly perPair: number;
}

const NODE: Device = { perToken: 1, perPair: 5e-4 };

const costOf = ({ perToken, perPair }: Device, from: number, tokens: number) =>
  tokens * (perToken + perPair * (from + tokens / 2));

/** Feeds a chain and tells every pass. */
function feed(chunks: ChunkSize, device: Device, length: number) {
  const passes: { from: number; tokens: number; ms: number }[] = [];
  for (let from = 0; from < length; ) {
    const tokens = Math.min(chunks.next(from, Number.POSITIVE_INFINITY), length - from);
    const ms = costOf(device, from, tokens);
    chunks.measured(from, tokens, ms);
    passes.push({ from, tokens, ms });
    from += tokens;
  }
  return passes;
}

describe("ChunkSize", () => {
  it("starts small, doubles until a pass takes 400 ms, and shrinks as attention takes its part", () => {
    const passes = feed(new ChunkSize(), NODE, 8192);
    expect(passes.slice(0, 4).map(({ tokens }) => tokens)).toEqual([32, 64, 128, 256]);
    const sizes = passes.slice(4, -1).map(({ tokens }) => tokens);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(Math.max(...passes.map(({ ms }) => ms))).toBeLessThan(500);
    expect(sizes.at(-1)).toBeLessThan(100);
  });

  it("begins a short chain after a long one as if the long one had not been", () => {
    const chunks = new ChunkSize();
    feed(chunks, NODE, 1024);
    const before = feed(chunks, NODE, 1024);
    feed(chunks, NODE, 8192);
    expect(feed(chunks, NODE, 1024)).toHaveLength(before.length);
    expect(before[0]?.tokens).toBeGreaterThan(300);
  });

  it("takes no measure from the short end of a chain", () => {
    const chunks = new ChunkSize();
    feed(chunks, NODE, 1000);
    const size = chunks.next(0, Number.POSITIVE_INFINITY);
    chunks.measured(0, 5, 40);
    expect(chunks.next(0, Number.POSITIVE_INFINITY)).toBe(size);
  });

  it("stays between one token and what the memory plan allows, and settles on any device", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 200, noNaN: true }),
        // Of a token's own cost, for each token before it; ten times what was measured of any device.
        fc.double({ min: 0, max: 2e-3, noNaN: true }),
        fc.integer({ min: 1, max: 4096 }),
        (perToken, pairPart, largest) => {
          const chunks = new ChunkSize();
          const device = { perToken, perPair: perToken * pairPart };
          for (let chain = 0; chain < 10; chain += 1) {
            feed(chunks, device, 4096);
          }
          for (const { from, tokens, ms } of feed(chunks, device, 4096)) {
            // 16 tokens are fed however slow the device is; a range of depths is twice as deep at its end.
            expect(tokens <= 16 || ms < 1000, `${tokens} tokens from ${from} on take ${ms} ms`).toBe(true);
            expect(chunks.next(from, largest)).toBeLessThanOrEqual(largest);
            expect(chunks.next(from, largest)).toBeGreaterThanOrEqual(1);
          }
        },
      ),
    );
  });
});
