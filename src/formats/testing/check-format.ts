/** What every format's file has to pass, in one line a file. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ChainRecord } from "../../core/chain-record.ts";
import { AppError, type ErrorCode } from "../../core/errors.ts";
import type { FileReport } from "../../core/intake.ts";
import type { Fields, Format } from "../format.ts";
import { isFields } from "../format.ts";
import { FORMATS } from "../index.ts";
import { fileIntake } from "../read-files.ts";
import { readText } from "../read-text.ts";
import { unfold } from "../rows/unfold.ts";
import { text as plainText } from "../text.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));

const EXPECTED_ERRORS: readonly ErrorCode[] = ["bad-input", "malformed-file"];

/** What a field may turn out to hold. */
const WRONG_VALUES = [
  null,
  true,
  -1,
  1e300,
  "",
  "x",
  [],
  {},
  [null],
  [[]],
  [{}],
  [1],
  { x: [] },
  "[",
  "__proto__",
];

const ANY_NAME = "data";

/** Longer files are what a tool wrote; a smaller one of their format is cut off at every byte. */
const CUT_AT_EVERY_BYTE = 8192;
const BYTES_BETWEEN_CUTS = 7;

/** Some thousand reads of a file; a busy machine takes its time. */
const MANY_READS_MS = 60_000;

export async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  format?: string,
): Promise<{ readonly records: readonly ChainRecord[]; readonly reports: readonly FileReport[] }> {
  const records: ChainRecord[] = [];
  const files = [new File([bytes], ANY_NAME)];
  const reports = await fileIntake.read(format === undefined ? { files } : { files, format }, {
    signal: new AbortController().signal,
    emit: (progress) => records.push(...progress.records),
  });
  return { records, reports };
}

/** Passes over the errors that a damaged file may give; any other fails the test. */
export async function unlessRefused<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    expect(thrown, String(thrown)).toBeInstanceOf(AppError);
    expect(EXPECTED_ERRORS).toContain(AppError.from(thrown).code);
    return undefined;
  }
}

/** The rows of a text fixture. */
function rowsOf(text: string): Fields[] {
  const isOne = text.startsWith("[") || text.startsWith("{\n");
  const values: unknown[] = isOne
    ? [JSON.parse(text)]
    : text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
  return values
    .flatMap((value) => unfold(value, (fields) => FORMATS.some((format: Format) => format.matches(fields))))
    .map(({ value }) => value)
    .filter(isFields);
}

const PROBE = "of_nobody";

/** The value once for each object in it, with an unknown field in that object. */
function withProbes(value: object): Fields[] {
  const inside = Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === "object" && part !== null
      ? withProbes(part).map((probed) =>
          Array.isArray(value) ? value.with(Number(name), probed) : { ...value, [name]: probed },
        )
      : [],
  );
  return [...(Array.isArray(value) ? [] : [{ ...value, [PROBE]: { x: [1] } }]), ...inside] as Fields[];
}

/** @param file A file of `fixtures/`. @param id The format that it is in. */
export function checkFormat(id: string, file: string): void {
  const bytes = new Uint8Array(readFileSync(path.join(FIXTURES, file)));
  const text = new TextDecoder().decode(bytes);
  const isText = /\.jsonl?$/.test(file);
  const format = FORMATS.find((one) => one.id === id) as Format;

  /** What is done to rows needs no container around them. */
  const itOfText = (name: string, check: () => void | Promise<void>) => {
    if (isText) {
      it(name, check);
    }
  };

  describe(`${id}: ${file}`, () => {
    it("is told by its content, and read whole", async () => {
      const { records, reports } = await readBytes(bytes);
      expect(reports).toMatchObject([{ format: id, problemCount: 0, recordCount: records.length }]);
      await expect(`${JSON.stringify(records, null, 2)}\n`).toMatchFileSnapshot(
        path.join(FIXTURES, "records", `${file}.json`),
      );
    });

    it(
      "cut off at any byte, gives the records before the cut or one sentence",
      async () => {
        const whole = (await readBytes(bytes)).records;
        const stride = bytes.length > CUT_AT_EVERY_BYTE ? BYTES_BETWEEN_CUTS : 1;
        for (let length = 0; length < bytes.length; length += stride) {
          const cut = bytes.slice(0, length);
          const read = await unlessRefused<{ records: readonly ChainRecord[] }>(() =>
            isText ? readText(new TextDecoder().decode(cut), ANY_NAME) : readBytes(cut),
          );
          if (id === plainText.id && read !== undefined) {
            expect(read.records.map(({ chain }) => chain)).toEqual([new TextDecoder().decode(cut)]);
          }
          const isRead = read !== undefined && read.records[0]?.id !== ANY_NAME;
          if (isRead && file.endsWith(".jsonl")) {
            expect(read.records).toEqual(whole.slice(0, read.records.length));
          }
        }
      },
      MANY_READS_MS,
    );

    itOfText("keeps fields that it does not know", () => {
      const rows = rowsOf(text);
      expect(rows.length).toBeGreaterThan(0);
      for (const [index, row] of rows.entries()) {
        const [first] = format.read({ number: index + 1, fields: { ...row, of_nobody: { x: [1] } } });
        expect(first?.rest).toMatchObject({ of_nobody: { x: [1] } });
      }
    });

    itOfText("keeps what it does not know of the objects that it reads", () => {
      for (const [index, row] of rowsOf(text).entries()) {
        for (const probed of withProbes(row)) {
          const records = format.read({ number: index + 1, fields: probed });
          const found = records.filter(({ rest }) => JSON.stringify(rest).includes(PROBE));
          expect(found.length, JSON.stringify(probed)).toBeGreaterThan(0);
        }
      }
    });

    itOfText("pollutes no prototype", () => {
      const evil = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
      const { records } = readText(text.replaceAll(/\{(?=\s*")/g, `{${evil}`), ANY_NAME);
      expect(records.length).toBeGreaterThan(0);
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
      expect(records.every((record) => !Object.hasOwn(record.rest, "__proto__"))).toBe(true);
      for (const record of records) {
        expect(Object.getPrototypeOf(structuredClone(record).rest)).toBe(Object.prototype);
      }
    });

    itOfText("says of a field of a wrong type what is wrong, and nothing else", async () => {
      for (const row of rowsOf(text)) {
        for (const name of Object.keys(row)) {
          for (const value of WRONG_VALUES) {
            const fields = { ...row, [name]: value };
            format.matches(fields);
            const records = await unlessRefused(() => format.read({ number: 1, fields }));
            for (const record of records ?? []) {
              expectWhole(record);
            }
          }
        }
      }
    });
  });
}

/** Every part has the type that the page relies on, and its indices point into the chain. */
function expectWhole({ id, problem, chain, labels, firstError }: ChainRecord): void {
  expect(typeof id).toBe("string");
  expect(typeof problem).toBe("string");
  const steps = typeof chain === "string" ? undefined : [...chain.thinking, ...chain.response];
  expect(steps?.every((step) => typeof step === "string") ?? true).toBe(true);
  expect(labels === undefined || steps === undefined || labels.length === steps.length).toBe(true);
  expect(firstError === undefined || (firstError >= -1 && firstError < (steps?.length ?? 0))).toBe(true);
}
