import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExternalData, type Production } from "./external-data.ts";

const PAGE = 4096;
const nothing: Production = { kind: "bytes", produce: async () => [] };
const groups = fc.array(fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 40,
});

describe("external data", () => {
  it("keeps groups together, on pages, in files no larger than the limit", () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 34_000, max: 100_000 }), (lists, limit) => {
        const data = new ExternalData("onnx", "model.onnx", limit);
        const placed = lists.map((lengths) => data.add(lengths, nothing));
        for (const [index, places] of placed.entries()) {
          expect(places.map(({ length }) => length)).toEqual(lists[index]);
          expect(new Set(places.map(({ file }) => file)).size).toBe(1);
        }
        const all = placed.flat();
        for (const { path, size } of data.files) {
          expect(size).toBeLessThanOrEqual(limit);
          const inside = all.filter(({ file }) => `onnx/${file}` === path);
          let end = 0;
          for (const { offset, length } of inside) {
            expect(offset % PAGE).toBe(0);
            expect(offset - end).toBeGreaterThanOrEqual(0);
            expect(offset - end).toBeLessThan(PAGE);
            end = offset + length;
          }
          expect(end).toBe(size);
        }
        expect(data.files.flatMap((file) => file.groups.map(({ places }) => places))).toEqual(placed);
      }),
    );
  });

  it("names files as transformers.js looks for them", () => {
    const data = new ExternalData("onnx", "model_q4.onnx", 10);
    const files = [8, 8, 8].map((length) => data.add([length], nothing)[0]?.file);
    expect(files).toEqual(["model_q4.onnx_data", "model_q4.onnx_data_1", "model_q4.onnx_data_2"]);
    expect(data.files.map(({ path }) => path)).toEqual(files.map((file) => `onnx/${file}`));
  });

  it("cuts what does not fit into the fewest equal parts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 10_000, max: 40_000 }),
        (count, bytes, limit) => {
          const data = new ExternalData("onnx", "model.onnx", limit);
          // A second tensor of the group begins on the next page.
          const lengthsOf = (part: number) => [part * bytes, part];
          const parts = data.split(count, lengthsOf);
          let next = 0;
          for (const part of parts) {
            expect(part.first).toBe(next);
            next += part.count;
            expect(() => data.add(lengthsOf(part.count), nothing)).not.toThrow();
          }
          expect(next).toBe(count);
          if (parts.length > 1) {
            const larger = Math.ceil(count / (parts.length - 1));
            expect(() => data.add(lengthsOf(larger), nothing)).toThrow(/belong together/);
          }
        },
      ),
    );
  });
});
