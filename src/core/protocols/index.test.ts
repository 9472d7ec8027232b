import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROTOCOLS, protocolById } from "./index.ts";

it("docs/protocols.md lists every protocol, in order", () => {
  const rows = readFileSync("docs/protocols.md", "utf8").matchAll(/^\| `([^`]+)`/gm);
  expect([...rows].map(([, id]) => id)).toEqual(PROTOCOLS.map(({ id }) => id));
});

it("rewards, thresholds and heads of a protocol belong together", () => {
  for (const { id, range, threshold, readout, head } of PROTOCOLS.map(({ id }) => protocolById(id))) {
    expect(threshold, id).toBeGreaterThanOrEqual(range[0]);
    expect(threshold, id).toBeLessThan(range[1]);
    const width =
      head.kind === "lm-rows"
        ? head.candidates.length
        : head.kind === "lm-mean"
          ? 1
          : "outputs" in head
            ? head.outputs
            : 3;
    const needed = readout.kind === "scalar" ? 1 : readout.kind === "token-hazard" ? 3 : readout.classes;
    expect(width, id).toBe(needed);
  }
});
