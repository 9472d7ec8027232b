import { expect, it } from "vitest";
import type { MatrixSource } from "../matrix-source.ts";
import { multiplySlowly } from "../testing/multiply-slowly.ts";
import type { Choice } from "./choice.ts";
import { type ChooseRequest, choose } from "./choose.ts";

const COLUMNS = 64;

/** Row after row the same blocks of 32, shifted. */
function matrixOf(tensor: string, rows: number, valueAt: (index: number) => number): MatrixSource {
  const values = Float32Array.from({ length: rows * COLUMNS }, (_, at) =>
    valueAt((at * 5 + Math.floor(at / COLUMNS) * 3) % 32),
  );
  return {
    tensor,
    rows,
    columns: COLUMNS,
    read: async (first, count) => values.slice(first * COLUMNS, (first + count) * COLUMNS),
    pieces: async function* () {},
  };
}

/** Levels -8 to 6 of a symmetric block of 4 bits, which are none of an asymmetric one. */
const symmetric = (index: number) => (index % 15) - 8;
/** Levels 0 to 15 of an asymmetric block, which are none of a symmetric one. */
const oneSided = (index: number) => index % 16;
/** One weight so large that 4 bits have nothing left for the others. */
const outlier = (index: number) => (index === 0 ? 30 : Math.sin(index));
/** Outputs in which the large weight has no part. */
const INPUT = {
  width: COLUMNS,
  values: Float32Array.from({ length: COLUMNS * 6 }, (_, at) => Math.cos(at * at)),
};

function ask(matrix: MatrixSource, more: Partial<ChooseRequest> & { bits?: 4 | 8 } = {}): Promise<Choice> {
  const { bits = 4, ...rest } = more;
  const request = {
    storage: { usual: { bits, rounding: "asymmetric" as const }, scales: "float" as const },
    matrices: [matrix],
    layers: 1,
    choices: new Map(),
    fitsFile: () => true,
    ...rest,
  };
  return choose(request, matrix, INPUT, multiplySlowly);
}

it("takes zero points where they make the error smaller, and none where that does", async () => {
  expect(await ask(matrixOf("a", 40, symmetric))).toEqual({ bits: 4, rounding: "symmetric" });
  expect(await ask(matrixOf("b", 40, oneSided))).toEqual({ bits: 4, rounding: "asymmetric" });
  expect((await ask(matrixOf("b", 40, oneSided), { bits: 8 })).bits).toBe(8);
});

it("gives 8 bits to the worst, as long as the budget and the file allow", async () => {
  const bad = Array.from({ length: 9 }, (_, index) => matrixOf(`bad ${index}`, 16, outlier));
  const matrices = [...bad, matrixOf("good", 1500, oneSided)];
  const choices = new Map<string, Choice>();
  for (const matrix of matrices) {
    choices.set(matrix.tensor, await ask(matrix, { matrices, choices }));
  }
  // A hundredth of the rows each, at 9.25 bits for 5.125: six times 0.8 % is all that a budget of 5 % has room for.
  expect([...choices.values()].map(({ bits }) => bits)).toEqual([8, 8, 8, 8, 8, 8, 4, 4, 4, 4]);
  const [first] = bad;
  expect(first && (await ask(first, { matrices, fitsFile: () => false })).bits).toBe(4);
});

it("leaves later layers their part of the budget", async () => {
  const layer = (name: string) => [
    ...Array.from({ length: 9 }, (_, index) => matrixOf(`${name} ${index}`, 16, outlier)),
    matrixOf(`${name} good`, 1500, oneSided),
  ];
  const matrices = [...layer("first"), ...layer("second")];
  const choices = new Map<string, Choice>();
  for (const matrix of matrices) {
    choices.set(matrix.tensor, await ask(matrix, { matrices, layers: 2, choices }));
  }
  const precise = [...choices].filter(([, { bits }]) => bits === 8).map(([tensor]) => tensor.split(" ")[0]);
  expect(precise.filter((name) => name === "first")).toHaveLength(6);
  expect(precise.filter((name) => name === "second")).toHaveLength(6);
});

it("asks less of a small matrix than of a large one", async () => {
  const noisy = (index: number) => Math.sin(index * index);
  const small = matrixOf("small", 8, noisy);
  const large = matrixOf("large", 800, noisy);
  const matrices = [small, large];
  expect((await ask(small, { matrices })).bits).toBe(8);
  expect((await ask(large, { matrices })).bits).toBe(4);
});

it("leaves a matrix that is not all numbers to those who refuse it", async () => {
  const broken = matrixOf("broken", 40, (index) => (index === 3 ? Number.NaN : index));
  expect(await ask(broken)).toEqual({ bits: 4, rounding: "asymmetric" });
});
