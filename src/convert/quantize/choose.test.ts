import { expect, it } from "vitest";
import type { MatrixSource } from "../matrix-source.ts";
import { multiplySlowly } from "../testing/multiply-slowly.ts";
import type { Choice } from "./choice.ts";
import { type ChooseRequest, choose, type Linear } from "./choose.ts";

const COLUMNS = 64;

/** Row after row the same blocks of 32, shifted. */
function linearOf(tensor: string, rows: number, valueAt: (index: number) => number): Linear {
  const values = Float32Array.from({ length: rows * COLUMNS }, (_, at) =>
    valueAt((at * 5 + Math.floor(at / COLUMNS) * 3) % 32),
  );
  const matrix: MatrixSource = {
    tensor,
    file: "model.safetensors",
    rows,
    columns: COLUMNS,
    read: async (first, count) => values.slice(first * COLUMNS, (first + count) * COLUMNS),
    pieces: async function* () {},
  };
  return { matrix, isValues: tensor.includes("values") };
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

function ask(linear: Linear, more: Partial<ChooseRequest> & { bits?: 4 | 8 } = {}): Promise<Choice> {
  const { bits = 4, ...rest } = more;
  const request = {
    storage: { usual: { bits, rounding: "asymmetric" as const }, scales: "float" as const },
    linears: [linear],
    layers: 1,
    choices: new Map(),
    fitsFile: () => true,
    ...rest,
  };
  return choose(request, linear, INPUT, multiplySlowly);
}

/** One after the other, as a conversion does. */
async function askAll(linears: readonly Linear[], layers = 1): Promise<ReadonlyMap<string, Choice>> {
  const choices = new Map<string, Choice>();
  for (const linear of linears) {
    choices.set(linear.matrix.tensor, await ask(linear, { linears, layers, choices }));
  }
  return choices;
}

it("takes zero points where they make the error smaller, and none where that does", async () => {
  expect(await ask(linearOf("a", 40, symmetric))).toEqual({ bits: 4, rounding: "symmetric" });
  expect(await ask(linearOf("b", 40, oneSided))).toEqual({ bits: 4, rounding: "asymmetric" });
  expect((await ask(linearOf("b", 40, oneSided), { bits: 8 })).bits).toBe(8);
});

it("gives 8 bits to the worst, as long as the budget and the file allow", async () => {
  const bad = Array.from({ length: 9 }, (_, index) => linearOf(`bad ${index}`, 16, outlier));
  const linears = [...bad, linearOf("good", 1500, oneSided)];
  const choices = await askAll(linears);
  // A hundredth of the rows each, at 9.25 bits for 5.125: six times 0.8 % is all that a budget of 5 % has room for.
  expect([...choices.values()].map(({ bits }) => bits)).toEqual([8, 8, 8, 8, 8, 8, 4, 4, 4, 4]);
  const [first] = bad;
  expect(first && (await ask(first, { linears, fitsFile: () => false })).bits).toBe(4);
});

it("leaves later layers their part of the budget", async () => {
  const layer = (name: string) => [
    ...Array.from({ length: 9 }, (_, index) => linearOf(`${name} ${index}`, 16, outlier)),
    linearOf(`${name} good`, 1500, oneSided),
  ];
  const linears = [...layer("first"), ...layer("second")];
  const choices = await askAll(linears, 2);
  const precise = [...choices].filter(([, { bits }]) => bits === 8).map(([tensor]) => tensor.split(" ")[0]);
  expect(precise.filter((name) => name === "first")).toHaveLength(6);
  expect(precise.filter((name) => name === "second")).toHaveLength(6);
});

it("asks less of a small matrix than of a large one", async () => {
  const noisy = (index: number) => Math.sin(index * index);
  const small = linearOf("small", 8, noisy);
  const large = linearOf("large", 800, noisy);
  const linears = [small, large];
  expect((await ask(small, { linears })).bits).toBe(8);
  expect((await ask(large, { linears })).bits).toBe(4);
});

it("gives values 8 bits before all others, where there is room for them", async () => {
  const layer = (name: string, rows: number) => [
    linearOf(`${name} keys`, rows, outlier),
    linearOf(`${name} values`, rows, oneSided),
    linearOf(`${name} large`, 1500, oneSided),
  ];
  const bitsOf = async (rows: number) => {
    const choices = await askAll([...layer("first", rows), ...layer("second", rows)], 2);
    return [...choices.values()].map(({ bits }) => bits);
  };
  expect(await bitsOf(40)).toEqual([8, 8, 4, 8, 8, 4]);
  // 80 rows of 1660 in 8 bits are 3.9 % more: a budget of 5 % has room for one such matrix in each layer.
  expect(await bitsOf(80)).toEqual([4, 8, 4, 4, 8, 4]);
  // 120 of 1740 are 5.5 % more: the second layer has room by what the first leaves.
  expect(await bitsOf(120)).toEqual([4, 4, 4, 4, 8, 4]);
});

it("leaves a matrix that is not all numbers to those who refuse it", async () => {
  const broken = linearOf("broken", 40, (index) => (index === 3 ? Number.NaN : index));
  expect(await ask(broken)).toEqual({ bits: 4, rounding: "asymmetric" });
});
