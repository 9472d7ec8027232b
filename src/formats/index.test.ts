import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { FORMATS } from "./index.ts";
import { checkFormat } from "./testing/check-format.ts";
import { text as plainText } from "./text.ts";

const CHECKED = [
  ["processbench", "processbench.jsonl"],
  ["prmbench", "prmbench.jsonl"],
  ["prm800k", "prm800k.jsonl"],
  ["math-shepherd", "math-shepherd.jsonl"],
  ["openr", "openr.jsonl"],
  ["trl-stepwise", "trl-stepwise.jsonl"],
  ["trl-stepwise", "trl-stepwise-f2cd577.jsonl"],
  ["rlhflow", "rlhflow.jsonl"],
  ["rlhflow-answers", "rlhflow-answers.jsonl"],
  ["mr-gsm8k", "mr-gsm8k.json"],
  ["reasoneval", "reasoneval.jsonl"],
  ["reasoneval", "reasoneval-redundant.jsonl"],
  ["big-bench-mistake", "big-bench-mistake.jsonl"],
  ["versaprm", "versaprm.jsonl"],
  ["gsm8k-solutions", "gsm8k-solutions.jsonl"],
  ["preference", "preference.jsonl"],
  ["s1k", "s1k.jsonl"],
  ["s1k", "s1k-1.1.jsonl"],
  ["s1k", "s1k-tokenized.jsonl"],
  ["openthoughts", "openthoughts.jsonl"],
  ["openthoughts", "openthoughts-metadata.jsonl"],
  ["lm-eval", "lm-eval.jsonl"],
  ["lm-eval", "lm-eval-0.4.13.jsonl"],
  ["inspect", "inspect.json"],
  ["inspect", "inspect.eval"],
  ["inspect", "inspect-zstd.eval"],
  ["inspect", "inspect-0.3.285.json"],
  ["inspect", "inspect-0.3.285.eval"],
  ["lighteval", "lighteval.jsonl"],
  ["lighteval", "lighteval.parquet"],
  ["lighteval", "lighteval-columns.jsonl"],
  ["lighteval", "lighteval-0.13.0.parquet"],
  ["math-eval", "math-eval.jsonl"],
  ["verl", "verl.jsonl"],
  ["verl", "verl-0.9.1.jsonl"],
  ["generic", "generic.jsonl"],
  ["generic", "generic-candidates.jsonl"],
  ["chat", "chat.jsonl"],
  ["text", "text.txt"],
] as const;

for (const [id, file] of CHECKED) {
  checkFormat(id, file);
}

it("checks every format, and every file there is", () => {
  expect(new Set(CHECKED.map(([id]) => id))).toEqual(new Set([...FORMATS, plainText].map(({ id }) => id)));
  const files = readdirSync(new URL("fixtures/", import.meta.url)).filter((name) => name.includes("."));
  expect(files.filter((name) => name !== "README.md").sort()).toEqual(CHECKED.map(([, file]) => file).sort());
});
