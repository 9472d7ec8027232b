/** A checkpoint whose rewards are differences of probabilities, from -1 to 1, and lie on both sides of zero. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "./app.ts";
import { checkpointFolder } from "./hub.ts";

/** Two classes under one head are what PURE-PRM has as well. */
const TWO_CLASSES = "tiny-trl-prm";

/** Taken off the logit of the good class, which the random weights favour. */
const SHIFT = 3.2;

const HEADER_AT = 8;
const FLOAT_BYTES = 4;

interface Header {
  readonly "score.bias": { readonly data_offsets: readonly [number, number] };
}

/** Makes the checkpoint in a folder of the test's own, adds it as a person would, and uses it. */
export async function usePureCheckpoint(app: App, folder: string): Promise<void> {
  cpSync(checkpointFolder(TWO_CLASSES), folder, { recursive: true });
  const file = join(folder, "model.safetensors");
  const bytes = readFileSync(file);
  const dataAt = HEADER_AT + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString("utf8", HEADER_AT, dataAt)) as Header;
  const goodAt = dataAt + header["score.bias"].data_offsets[0] + FLOAT_BYTES;
  bytes.writeFloatLE(bytes.readFloatLE(goodAt) - SHIFT, goodAt);
  writeFileSync(file, bytes);

  const { page } = app;
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByLabel("Protocol").selectOption("pure-prm");
  await page.getByLabel("Store weights as").selectOption("fp32");
  await page.getByLabel("Model folder").setInputFiles(folder);
  await app.idle();
  await page.getByRole("button", { name: /^Use .*, fp32$/ }).click();
  await app.idle();
}
