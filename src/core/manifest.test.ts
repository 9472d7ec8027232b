import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manifestSize, modelDigest, parseManifest } from "./manifest.ts";

const embedded: unknown = JSON.parse(readFileSync("public/models/stepscope-prm/stepscope.json", "utf8"));

function changed(change: Record<string, unknown>): unknown {
  return { ...(embedded as object), ...change };
}

describe("parseManifest", () => {
  it("reads the embedded model's manifest", () => {
    const manifest = parseManifest(embedded, "stepscope-prm");
    expect(manifest.context).toBe(8192);
    expect(manifestSize(manifest)).toBe(107_626_071);
  });

  it("is told by its files and by how they are read, whatever it is called", () => {
    const manifest = parseManifest(embedded, "stepscope-prm");
    const digest = modelDigest(manifest);
    const renamed = { ...manifest, name: "other", id: "other", files: manifest.files.toReversed() };
    expect(modelDigest(renamed)).toBe(digest);
    const [first, ...files] = manifest.files;
    const changes = [
      { protocol: "pure-prm" },
      { dtype: "q8" as const },
      { context: 4096 },
      { files },
      { files: first === undefined ? [] : [{ ...first, sha256: "0".repeat(64) }, ...files] },
    ];
    const digests = changes.map((change) => modelDigest({ ...manifest, ...change }));
    expect(new Set([digest, ...digests]).size).toBe(changes.length + 1);
  });

  it.each(
    [["../secret", "/etc/passwd", "a/../../b", "C:\\x", "a//b", "https://host/x", "./x", "x/", "x?y"]].flat(),
  )("refuses the path %s", (path) => {
    const file = { path, size: 1, sha256: "0".repeat(64) };
    expect(() => parseManifest(changed({ files: [file] }), "m")).toThrow(/files\.0\.path/);
  });

  it("names the field that is wrong", () => {
    expect(() => parseManifest(changed({ context: "long" }), "m")).toThrow(
      /stepscope\.json is wrong at context/,
    );
    expect(() => parseManifest(null, "m")).toThrow(/the top level/);
    expect(() => parseManifest(changed({ format: 2 }), "m")).toThrow(/at format/);
  });

  it.each([
    ["id", "../escape"],
    ["id", "line\nbreak"],
    ["name", ""],
  ])("refuses the %s %j", (field, value) => {
    expect(() => parseManifest(changed({ [field]: value }), "m")).toThrow(
      `m: stepscope.json is wrong at ${field}: is not a name that a model can have`,
    );
  });

  it("wants one canary reward a step", () => {
    const canary = { problem: "p", steps: ["a", "b"], rewards: [0.5], tolerance: 0.01 };
    expect(() => parseManifest(changed({ canary }), "m")).toThrow("2 canary steps but 1 rewards");
  });
});
