import { expect, it } from "vitest";
import { EMBEDDED_MODEL, EMBEDDED_NAME } from "./model-choice.ts";
import { modelName } from "./model-names.ts";

it("calls a model what the list of models calls it, and by its key where that is all there is", () => {
  const stored = {
    key: "owner--prm--q4",
    digest: "d",
    id: "owner/prm",
    name: "owner/prm",
    protocol: "trl-prm",
    dtype: "q4",
    licence: "mit",
    size: 1,
  } as const;
  const contents = {
    models: [stored],
    unfinished: [],
    damaged: [],
    device: { gpu: undefined, memory: undefined, storage: undefined },
    used: 0,
  };
  expect(modelName(stored.key, contents, undefined)).toBe("owner/prm, q4");
  expect(modelName(stored.key, undefined, undefined)).toBe("owner--prm--q4");
  expect(modelName(EMBEDDED_MODEL, undefined, undefined)).toBe(EMBEDDED_NAME);
  expect(modelName("other", contents, undefined)).toBe("other");
  // Of the same weights, of others under the same name, and of what was kept without a word about them.
  expect(modelName(`${stored.key}\nd`, contents, undefined)).toBe("owner/prm, q4");
  expect(modelName(`${stored.key}\n12345678`, contents, undefined)).toBe("owner/prm, q4 (earlier, 1234)");
  const inUse = { modelKey: EMBEDDED_MODEL, digest: "new" };
  expect(modelName(`${EMBEDDED_MODEL}\nnew`, contents, inUse)).toBe(EMBEDDED_NAME);
  expect(modelName(`${EMBEDDED_MODEL}\nold`, contents, inUse)).toBe(`${EMBEDDED_NAME} (earlier, old)`);
  expect(modelName(`${EMBEDDED_MODEL}\nold`, contents, undefined)).toBe(EMBEDDED_NAME);
});
