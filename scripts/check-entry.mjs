// The page must show itself before any model runs: what the browser loads first may not contain ONNX Runtime,
// which belongs to the worker. src/architecture.test.ts checks the imports, this the built files.
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./run.mjs";

/** Survive minification: the names of ONNX Runtime's WebAssembly files and of its public class. */
const MARKS = /ort-wasm|\bInferenceSession\b/;

/**
 * The files loaded before the first paint: the entries and what they import statically.
 * @param {Record<string, { file: string, isEntry?: boolean, imports?: string[] }>} manifest Vite's build manifest
 * @returns {string[]}
 */
export function listFirstFiles(manifest) {
  const queue = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const seen = new Set(queue);
  for (const key of seen) {
    for (const imported of manifest[key]?.imports ?? []) {
      seen.add(imported);
    }
  }
  return [...seen].flatMap((key) => manifest[key]?.file ?? []);
}

/**
 * Checks the built page in dist/.
 * @returns {string[]} what is wrong, one sentence each
 */
export function checkEntry() {
  const dist = path.join(ROOT, "dist");
  const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));
  const files = listFirstFiles(manifest);
  if (files.length === 0) {
    return ["the build manifest names no entry"];
  }
  return files
    .filter((file) => MARKS.test(readFileSync(path.join(dist, file), "utf8")))
    .map(
      (file) => `dist/${file} is loaded with the page and contains ONNX Runtime, which belongs to the worker`,
    );
}
