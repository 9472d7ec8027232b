import { expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { locateEntry, readStoredZip } from "./stored-zip.ts";
import { buildZip, type ZipOptions, type ZipPart } from "./testing/build-zip.ts";
import { concat, patch, utf8 } from "./testing/byte-strings.ts";

const A: ZipPart = { name: "x/a", bytes: utf8("alpha"), padding: 5 };
const B: ZipPart = { name: "x/b", bytes: utf8("beta") };

async function contents(zip: Uint8Array): Promise<Record<string, string>> {
  const source = bytesSource(zip, "a.pt");
  const texts: Record<string, string> = {};
  for (const [name, entry] of await readStoredZip(source)) {
    const start = await locateEntry(source, entry);
    texts[name] = new TextDecoder().decode(await source.read(start, start + entry.size));
  }
  return texts;
}

it.each([
  ["plain", {}],
  ["zip64", { zip64: true }],
  ["with a comment", { comment: "made by PK\x05\x06 itself, with some words more" }],
  ["zip64 with a comment", { zip64: true, comment: "x".repeat(65_535) }],
] satisfies [string, ZipOptions][])("reads a %s file", async (_what, options) => {
  expect(await contents(buildZip([A, B], options))).toEqual({ "x/a": "alpha", "x/b": "beta" });
  expect(await contents(buildZip([], options))).toEqual({});
});

it.each([
  ["a compressed entry", [{ ...A, method: 8 }], {}, "its entry x/a is compressed (method 8): refused"],
  ["an encrypted entry", [{ ...A, flags: 1 }], {}, "its entry x/a is encrypted: refused"],
  ["a name twice", [A, { ...B, name: "x/a" }], {}, "has the entry x/a twice"],
  ["an entry beyond the file", [{ ...A, declared: { size: 5000 } }], {}, "its entry x/a has 5000 bytes"],
  ["an entry of 2^52 bytes", [{ ...A, declared: { size: 2 ** 52 } }], { zip64: true }, "has to end by"],
  ["an entry into the next", [{ ...A, declared: { size: 30 } }, B], {}, "but has to end by 43"],
  ["two entries in one place", [A, { ...B, declared: { headerStart: 0 } }], {}, "but has to end by 0"],
  ["an entry behind the directory", [{ ...A, declared: { headerStart: 100 } }], {}, "but has to end by 43"],
  ["an entry of two sizes", [{ ...A, declared: { storedSize: 4 } }], {}, "has 5 bytes, but stores 4"],
  ["a directory too short", [A, B], { count: 3 }, "declares 3 entries in 98 bytes"],
  [
    "a directory of 2^52 entries",
    [A, B],
    { zip64: true, count: 2 ** 52 },
    "declares 4503599627370496 entries",
  ],
  ["a directory elsewhere", [A, B], { directoryStart: 0 }, "directory ends early or is damaged"],
  ["a directory beyond the file", [A, B], { directoryStart: 2 ** 31 }, "its zip directory lies at bytes"],
  [
    "a directory far beyond",
    [A],
    { zip64: true, directoryStart: 2 ** 53 - 1 },
    "its zip directory lies at bytes",
  ],
] satisfies [string, ZipPart[], ZipOptions, string][])(
  "refuses %s",
  async (_what, parts, options, message) => {
    await expect(contents(buildZip(parts, options))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringContaining(message),
    });
  },
);

it("refuses an entry whose own header is elsewhere", async () => {
  const zip = buildZip([A, B]);
  await expect(contents(patch(zip, 0, 0))).rejects.toThrow(
    "a.pt: its entry x/a is not where the zip directory places it",
  );
  // The length of the padding, which moves the bytes into the next entry.
  await expect(contents(patch(zip, 28, 6))).rejects.toThrow("is not where the zip directory places it");
});

it("refuses a zip64 field that lacks a size", async () => {
  const zip = buildZip([A], { zip64: true });
  const directory = zip.length - 22 - 20 - 56 - 82;
  // The length of the field: one number of three.
  await expect(contents(patch(zip, directory + 46 + 3 + 5 + 2, 8))).rejects.toThrow(
    "a zip entry's size is missing from its zip64 field",
  );
});

it("refuses zip64 without its record", async () => {
  const zip = buildZip([A], { zip64: true });
  const locator = zip.length - 22 - 20;
  await expect(contents(patch(zip, locator, 0))).rejects.toThrow("has no zip64 record");
  await expect(contents(patch(zip, locator + 8, 0))).rejects.toThrow("has no zip64 record at byte 0");
  await expect(contents(patch(zip, locator + 15, 0xff))).rejects.toThrow("its zip directory points to byte");
  await expect(contents(patch(zip, locator + 13, 0xff))).rejects.toThrow("ends early");
});

it.each([
  ["nothing", new Uint8Array(0)],
  ["noise", new Uint8Array(100_000)],
  ["a start", buildZip([A, B]).subarray(0, 100)],
  ["trailing bytes", concat(buildZip([A]), Uint8Array.of(0))],
])("refuses %s", async (_what, bytes) => {
  await expect(contents(bytes)).rejects.toThrow(
    "a.pt: is cut short or damaged: a zip file without its directory",
  );
});
