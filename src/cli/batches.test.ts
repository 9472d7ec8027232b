import { describe, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { lineBatches, orBadInput, scoreInBestOrder } from "./batches.ts";

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) {
    all.push(value);
  }
  return all;
}

async function* linesOf(...lines: string[]) {
  yield* lines;
}

const chain = (problem: string, ...steps: string[]) => ({ request: { problem, steps } });

describe("batches of lines", () => {
  it("count blank lines and leave them out", async () => {
    expect(await collect(lineBatches(linesOf("a", "", "b", "c"), 2))).toEqual([
      [
        { text: "a", number: 1 },
        { text: "b", number: 3 },
      ],
      [{ text: "c", number: 4 }],
    ]);
  });
});

describe("scoring in the best order", () => {
  it("scores chains that share a beginning one after the other, and tells them as they came", async () => {
    const scored: string[] = [];
    const inputs = [
      chain("p", "a", "b"),
      chain("q", "longer than those"),
      chain("p", "a", "c"),
      chain("p", "x"),
    ];
    const outcomes = await collect(
      scoreInBestOrder(inputs, ({ request }) => {
        const name = `${request.problem}:${request.steps.join("")}`;
        scored.push(name);
        return Promise.resolve(name);
      }),
    );
    expect(scored).toEqual(["q:longer than those", "p:ab", "p:ac", "p:x"]);
    expect(outcomes).toEqual([
      [0, "p:ab"],
      [1, "q:longer than those"],
      [2, "p:ac"],
      [3, "p:x"],
    ]);
  });

  it("tells bad lines in their place, whether they were bad to read or to score", async () => {
    const unreadable = orBadInput(() => {
      throw new AppError("bad-input", "not JSON");
    });
    const outcomes = await collect(
      scoreInBestOrder([chain("p", "a"), unreadable, chain("p", "b")], ({ request }) =>
        request.steps[0] === "b"
          ? Promise.reject(new AppError("bad-input", "too long"))
          : Promise.resolve("scored"),
      ),
    );
    expect(outcomes.map(([index, outcome]) => [index, String(outcome)])).toEqual([
      [0, "scored"],
      [1, "AppError: not JSON"],
      [2, "AppError: too long"],
    ]);
  });

  it("ends at an error that is nobody's input", async () => {
    const scoring = collect(
      scoreInBestOrder([chain("p", "a")], () => Promise.reject(new AppError("device-lost", "gone"))),
    );
    await expect(scoring).rejects.toMatchObject({ code: "device-lost" });
  });
});
