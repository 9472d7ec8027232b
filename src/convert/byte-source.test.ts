import { describe, expect, it } from "vitest";
import { blobSource, bytesSource, createByteSource } from "./byte-source.ts";

const bytes = Uint8Array.of(1, 2, 3, 4, 5);
const SOURCES = [bytesSource(bytes, "a.bin"), blobSource(new Blob([bytes]), "a.bin")];

describe.each(SOURCES)("a source", (source) => {
  it("reads half-open ranges", async () => {
    expect(source.size).toBe(5);
    expect([...(await source.read(1, 4))]).toEqual([2, 3, 4]);
    expect([...(await source.read(5, 5))]).toEqual([]);
  });

  it("says that a file ends early", async () => {
    await expect(source.read(3, 6)).rejects.toMatchObject({
      code: "malformed-file",
      message: "a.bin: ends early: 5 bytes, but byte 6 is needed",
    });
  });

  it("takes a range that is none for a bug", async () => {
    await expect(source.read(2, 1)).rejects.toThrow("not a range of bytes");
    await expect(source.read(-1, 1)).rejects.toThrow("not a range of bytes");
    await expect(source.read(0, 0.5)).rejects.toThrow("not a range of bytes");
  });

  it("stops when it is told to", async () => {
    await expect(source.read(0, 1, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
  });
});

it("measures what a host has read", async () => {
  const short = createByteSource("a.bin", 100, async () => bytes);
  await expect(short.read(0, 10)).rejects.toMatchObject({
    code: "malformed-file",
    message: "a.bin: ends early: 5 of the 10 bytes from byte 0",
  });
});

it("names a file that cannot be read any more", async () => {
  const blob = new Blob([bytes]);
  blob.slice = () => {
    throw new DOMException("the file changed", "NotReadableError");
  };
  await expect(blobSource(blob, "a.bin").read(0, 1)).rejects.toMatchObject({
    code: "bad-input",
    message: "a.bin could not be read: the file changed",
  });
});
